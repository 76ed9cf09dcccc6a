import { ToolchainError } from "./errors.js";

/** Files for a tool to read: absolute path to content. */
export type InputFiles = Iterable<readonly [path: string, content: Uint8Array | string]>;

/** What a tool left behind. */
export interface ToolResult {
  /** True if the tool exited with status 0. */
  readonly ok: boolean;
  /** Everything it printed, standard output and standard error. */
  readonly text: string;
  /** The file asked for, if it was written. */
  readonly output: Uint8Array | undefined;
}

type ClangPackage = typeof import("@yowasp/clang");
type Tree = { [name: string]: Tree | Uint8Array | string };

let loading: Promise<Clang> | undefined;

/**
 * Loads the compiler (clang and lld in one WebAssembly module of 75 MB), once a process; about 1.4 s of work.
 * Nothing of it is loaded before the first call.
 *
 * @throws ToolchainError "compiler-crashed" if the package is missing or damaged
 */
export function loadClang(onProgress?: (text: string) => void): Promise<Clang> {
  loading ??= Clang.load(onProgress);
  loading.catch(() => {
    loading = undefined; // a later call may have more luck
  });
  return loading;
}

/** The loaded compiler. Every run has its own instance and file tree; runs leave nothing behind. */
export class Clang {
  readonly #package: ClangPackage;
  readonly #frontends = new Map<string, Promise<string[]>>();

  private constructor(loaded: ClangPackage) {
    this.#package = loaded;
  }

  /** Use {@link loadClang}, which loads once. */
  static async load(onProgress?: (text: string) => void): Promise<Clang> {
    onProgress?.("loading the compiler");
    try {
      const loaded = await import("@yowasp/clang");
      await loaded.runLLVM(undefined, {}, { fetchProgress: () => {} });
      return new Clang(loaded);
    } catch (cause) {
      throw new ToolchainError("compiler-crashed", `the compiler @yowasp/clang cannot be loaded: ${cause}`, { cause });
    }
  }

  /**
   * Runs one of LLVM's tools.
   *
   * @param output path of the file to hand back
   * @throws ToolchainError "compiler-crashed" if the tool does not exit by itself
   */
  async run(args: readonly string[], files: InputFiles, output?: string): Promise<ToolResult> {
    const decoder = new TextDecoder();
    let text = "";
    const collect = (bytes: Uint8Array | null): void => {
      if (bytes !== null) text += decoder.decode(bytes, { stream: true });
    };
    const options = { stdout: collect, stderr: collect, decodeASCII: false };
    try {
      const tree = await this.#package.runLLVM([...args], toTree(files), options);
      return { ok: true, text, output: output === undefined ? undefined : fileOf(tree, output) };
    } catch (error) {
      if (error instanceof this.#package.Exit) return { ok: false, text, output: undefined };
      const message = `the compiler itself failed at ${args[0]} (${error})${text && `:\n${text}`}`;
      throw new ToolchainError("compiler-crashed", message, { cause: error });
    }
  }

  /**
   * Compiles one C file of the tree with the flags of `clang -c`; the object is the result's `output`.
   * With `-fsyntax-only` among the flags there is none.
   */
  async compile(source: string, flags: readonly string[], files: InputFiles): Promise<ToolResult> {
    const key = flags.join("\0");
    let frontend = this.#frontends.get(key);
    if (frontend === undefined) {
      frontend = this.#askDriver(flags);
      this.#frontends.set(key, frontend);
    }
    const args = (await frontend).map((arg) =>
      arg === SOURCE ? source : arg === SOURCE_NAME ? basename(source) : arg,
    );
    return this.run(args, files, OBJECT);
  }

  /**
   * The clang driver only turns its flags into a call of the compiler proper (clang -cc1), which it cannot make in
   * WebAssembly. It is asked once for each set of flags: two runs less for every further file.
   */
  async #askDriver(flags: readonly string[]): Promise<string[]> {
    const action = flags.includes("-fsyntax-only") ? [] : ["-c", "-o", OBJECT];
    const { text } = await this.run(["clang", "-###", ...flags, ...action, SOURCE], [[SOURCE, ""]]);
    const call = text.split("\n").find((line) => line.includes(' "-cc1" '));
    if (call === undefined) throw new ToolchainError("compiler-crashed", `clang refuses its flags: ${text.trim()}`);
    const args = Array.from(call.matchAll(/"((?:[^"\\]|\\.)*)"/g), (match) => match[1]!.replace(/\\(.)/g, "$1"));
    return args.slice(args.indexOf("-cc1") - 1);
  }
}

const SOURCE_NAME = "-source-.c";
const SOURCE = `/${SOURCE_NAME}`;
const OBJECT = "/-object-.o";

function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function toTree(files: InputFiles): Tree {
  const root: Tree = {};
  for (const [path, content] of files) {
    const names = path.split("/").filter((name) => name !== "");
    let directory = root;
    for (const name of names.slice(0, -1)) {
      directory[name] ??= {};
      directory = directory[name] as Tree;
    }
    directory[names.at(-1)!] = content;
  }
  return root;
}

function fileOf(tree: Tree | undefined, path: string): Uint8Array | undefined {
  let entry: Tree | Uint8Array | string | undefined = tree;
  for (const name of path.split("/").filter((n) => n !== "")) {
    if (entry === undefined || typeof entry === "string" || entry instanceof Uint8Array) return undefined;
    entry = entry[name];
  }
  return entry instanceof Uint8Array ? entry : undefined;
}
