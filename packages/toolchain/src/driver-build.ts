import { driverFlags } from "./build-key.js";
import { type Clang, type InputFiles, loadClang } from "./clang.js";
import type { BuildSettings } from "./compile-options.js";
import type { DriverParts } from "./compiled-driver.js";
import { splitDiagnostics } from "./diagnostics.js";
import { CompileError, ToolchainError } from "./errors.js";
import { compileFlags, linkFlags } from "./flags.js";
import type { SourceTree } from "./source-tree.js";
import { SUPPORT_C } from "./support.js";
import { buildSymbols } from "./symbol-builder.js";
import { instrumentModule } from "./wasm/instrument.js";
import { findExport, readModule } from "./wasm/module.js";

/** One way through compiler, linker and instrumentation. */
export class DriverBuild {
  readonly #settings: BuildSettings;
  readonly #tree: SourceTree;
  readonly #flags: readonly string[];
  readonly #onProgress: (text: string) => void;

  constructor(settings: BuildSettings, tree: SourceTree, onProgress: (text: string) => void) {
    this.#settings = settings;
    this.#tree = tree;
    this.#flags = driverFlags(settings, tree);
    this.#onProgress = onProgress;
  }

  /**
   * @throws CompileError "compile-failed" once all sources were tried, or "link-failed"
   * @throws ToolchainError "compiler-crashed"
   */
  async run(hash: string): Promise<DriverParts> {
    const clang = await loadClang(this.#onProgress);
    const { objects, warnings } = await this.#compile(clang);
    this.#onProgress("linking");
    const moduleName = `${this.#settings.name}-${hash.slice(0, 8)}`;
    const linked = await this.#link(clang, objects, moduleName);
    const module = readModule(linked.wasm);
    const instrumented = instrumentModule(module, this.#settings);
    const global = (name: string): number => module.globals[findExport(module, name, "global") ?? -1] ?? 0;
    return {
      name: this.#settings.name,
      hash,
      imports: module.imports,
      memory: {
        globalBase: this.#settings.globalBase,
        dataEnd: global("__data_end"),
        heapBase: global("__heap_base"),
        initialPages: module.importedMemory?.minimum ?? 0,
      },
      hasDriverEntry: findExport(module, "DriverEntry", "function") !== undefined,
      warnings: [...warnings, linked.warnings].filter((text) => text !== "").join("\n"),
      symbols: buildSymbols(module, instrumented, moduleName),
      wasm: instrumented.wasm,
    };
  }

  async #compile(clang: Clang): Promise<{ objects: NamedObject[]; warnings: string[] }> {
    const encoder = new TextEncoder();
    const files = Array.from(this.#tree.files.values(), ({ path, text }) => [path, encoder.encode(text)] as const);
    const objects: NamedObject[] = [];
    const warnings: string[] = [];
    const errors: string[] = [];
    const failed: string[] = [];
    for (const { path, display } of this.#tree.sources) {
      this.#onProgress(`compiling ${display}`);
      const { ok, output, text } = await clang.compile(path, this.#flags, files);
      const diagnostics = splitDiagnostics(text);
      warnings.push(diagnostics.warnings);
      if (ok && output !== undefined) objects.push({ display, bytes: output });
      else {
        failed.push(display);
        errors.push(diagnostics.errors || text);
      }
    }
    if (failed.length > 0) {
      const verb = failed.length === 1 ? "does" : "do";
      throw new CompileError("compile-failed", `${failed.join(", ")} ${verb} not compile`, errors.join("\n"));
    }
    objects.push({ display: "the support code", bytes: await compileSupport(clang) });
    return { objects, warnings };
  }

  async #link(clang: Clang, objects: readonly NamedObject[], moduleName: string): Promise<LinkedModule> {
    const inputs: InputFiles = objects.map((object, index) => [`/object/${index}.o`, object.bytes] as const);
    const names = objects.map((_, index) => `/object/${index}.o`);
    const flags = linkFlags(this.#settings, moduleName);
    const { output, text } = await clang.run(["wasm-ld", ...names, "-o", LINKED, ...flags], inputs, LINKED);
    const named = text.replace(/\/object\/(\d+)\.o/g, (_, index) => objects[Number(index)]!.display).trim();
    if (output === undefined) throw new CompileError("link-failed", `${this.#settings.name} does not link`, named);
    return { wasm: output, warnings: named };
  }
}

interface NamedObject {
  /** What messages call it: the path of its source. */
  readonly display: string;
  readonly bytes: Uint8Array;
}

interface LinkedModule {
  readonly wasm: Uint8Array;
  readonly warnings: string;
}

const LINKED = "/driver.wasm";

let support: Promise<Uint8Array> | undefined;

/** Compiles the support code, once for all drivers of a process. */
function compileSupport(clang: Clang): Promise<Uint8Array> {
  support ??= (async () => {
    const flags = compileFlags({ optimize: 1, lines: false, defines: [], includeDirs: [], systemDir: "/" });
    const result = await clang.compile("/support.c", flags, [["/support.c", SUPPORT_C]]);
    if (result.output === undefined) throw new ToolchainError("compiler-crashed", `the support code: ${result.text}`);
    return result.output;
  })();
  return support;
}
