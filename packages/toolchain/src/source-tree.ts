import { ToolchainError } from "./errors.js";
import { type FileSource, joinPath, memoryFiles, parentPath } from "./file-source.js";

/** A source or header as the compiler will see it. */
export interface TreeFile {
  /** Path in the compiler's file tree. */
  readonly path: string;
  /** Path in messages and debug information: as the user wrote it, or on from a directory the user wrote. */
  readonly display: string;
  /** The text, opened by a #line directive that names `display`. */
  readonly text: string;
}

/** Every file that a compilation can read, found before the compiler runs. */
export interface SourceTree {
  /** The sources in the order given, as paths in the tree. */
  readonly sources: readonly TreeFile[];
  /** Directories for -I, in the order given. */
  readonly includeDirs: readonly string[];
  /** Directory for -isystem: the headers that come with the compiler. */
  readonly systemDir: string;
  /** Sources and headers by their path in the tree. */
  readonly files: ReadonlyMap<string, TreeFile>;
}

/** A directory to look in: where it is and how messages spell it. */
interface Place {
  readonly volume: Volume;
  readonly directory: string;
  readonly display: string;
}

/** A file source and where the compiler's tree has it. */
interface Volume {
  readonly files: FileSource;
  readonly root: string;
  /** Names of a directory by their lower case, read once. */
  readonly listings: Map<string, ReadonlyMap<string, string>>;
}

const USER_ROOT = "/user";
const SYSTEM_ROOT = "/ddk";
/** With `#include MACRO` the header is not known before the compiler runs: up to this many are taken on suspicion. */
const MAX_SUSPECTS = 500;
const INCLUDE = /^([ \t]*#[ \t]*include(?:_next)?[ \t]*)(?:"([^"\n]+)"|<([^>\n]+)>|[A-Za-z_])/gm;

/**
 * Reads the sources and, through their #include lines, every header that they can reach, under whatever condition.
 * Names are found as Windows finds them: in any case, with `\` or `/`, and through "..". Where the compiler would not
 * find a name as it is spelled the #include line is respelled; lines and, but for "..", columns stay as they are.
 * A header that is nowhere is left to the compiler to complain about.
 *
 * @param sources paths as the user wrote them
 * @param includeDirs directories as the user wrote them, searched after the including file's own
 * @param headers path to text of the headers that come with the compiler, searched last
 * @throws ToolchainError "source-not-found"
 */
export function readSourceTree(
  sources: readonly string[],
  includeDirs: readonly string[],
  headers: Iterable<readonly [string, string]>,
  files: FileSource,
): SourceTree {
  return new TreeReader(includeDirs, headers, files).read(sources);
}

class TreeReader {
  readonly #user: Volume;
  readonly #system: Volume;
  readonly #includePlaces: Place[];
  readonly #found = new Map<string, TreeFile>();
  readonly #unread: { entry: { text: string }; place: Place; display: string }[] = [];
  #sourcePlaces: Place[] = [];

  constructor(includeDirs: readonly string[], headers: Iterable<readonly [string, string]>, files: FileSource) {
    this.#user = { files, root: USER_ROOT, listings: new Map() };
    this.#system = { files: memoryFiles(headers), root: SYSTEM_ROOT, listings: new Map() };
    this.#includePlaces = includeDirs.map((display) => this.#userPlace(display));
  }

  read(paths: readonly string[]): SourceTree {
    this.#sourcePlaces = paths.map((path) => parentPlace(this.#userPlace(path)));
    const sources = paths.map((path, index) => {
      const place = this.#sourcePlaces[index]!;
      const file = this.#user.files.resolve(path);
      const source = this.#add(place, file, path);
      if (source === undefined) throw new ToolchainError("source-not-found", `cannot read ${path}`);
      return source;
    });
    for (let next = this.#unread.pop(); next !== undefined; next = this.#unread.pop()) {
      const name = next.display.replace(/["\\]/g, "\\$&");
      next.entry.text = `#line 1 "${name}"\n${this.#followIncludes(next.place, next.entry.text)}`;
    }
    return {
      sources: sources.map((path) => this.#found.get(path)!),
      includeDirs: this.#includePlaces.map(treePath),
      systemDir: SYSTEM_ROOT,
      files: this.#found,
    };
  }

  #userPlace(display: string): Place {
    return { volume: this.#user, directory: this.#user.files.resolve(display), display };
  }

  /** Takes a file into the tree, once; its includes are followed later. Returns its path in the tree. */
  #add(place: Place, file: string, display: string): string | undefined {
    const path = treePath({ ...place, directory: file });
    if (this.#found.has(path)) return path;
    const content = place.volume.files.read(file);
    if (content === undefined) return undefined;
    const entry = { path, display, text: typeof content === "string" ? content : decodeText(content) };
    this.#found.set(path, entry);
    this.#unread.push({ entry, place, display });
    return path;
  }

  #followIncludes(place: Place, text: string): string {
    return text.replace(INCLUDE, (line: string, directive: string, quoted?: string, angled?: string) => {
      const spelling = quoted ?? angled;
      if (spelling === undefined) {
        this.#addSuspects(place);
        return line;
      }
      const found = this.#search(place, spelling, quoted !== undefined);
      if (found === undefined || found === spelling) return line;
      return quoted !== undefined ? `${directive}"${found}"` : `${directive}<${found}>`;
    });
  }

  /** Finds an included file and takes it into the tree. Returns the spelling by which the compiler will find it too. */
  #search(place: Place, spelling: string, quoted: boolean): string | undefined {
    if (/^(?:[\\/]|[A-Za-z]:)/.test(spelling)) {
      const file = this.#userPlace(spelling);
      return this.#add(parentPlace(file), file.directory, spelling);
    }
    const system = { volume: this.#system, directory: "/", display: "" };
    const usual = [...(quoted ? [place] : []), ...this.#includePlaces, system];
    // Microsoft's compiler also looks beside every file that led to the include, in the end beside the source.
    for (const candidate of quoted ? [...usual, ...this.#sourcePlaces] : usual) {
      const steps = spelling.split(/[\\/]+/).filter((name) => name !== "" && name !== ".");
      let at: Place | undefined = candidate;
      for (const name of steps.slice(0, -1)) at &&= name === ".." ? parentPlace(at) : this.#enter(at, name);
      const target = at && this.#enter(at, steps.at(-1) ?? "");
      if (at === undefined || target === undefined) continue;
      const path = this.#add(at, target.directory, target.display);
      if (path === undefined) continue;
      const direct = treePath(candidate) + (treePath(candidate).endsWith("/") ? "" : "/");
      return usual.includes(candidate) && path.startsWith(direct) ? path.slice(direct.length) : path;
    }
    return undefined;
  }

  /** The directory or file of this name, in any case, in a directory. */
  #enter(place: Place, name: string): Place | undefined {
    const { volume, directory } = place;
    let names = volume.listings.get(directory);
    if (names === undefined) {
      const listed = volume.files.list(directory) ?? [];
      names = new Map([...listed.map((n) => [n.toLowerCase(), n] as const), ...listed.map((n) => [n, n] as const)]);
      volume.listings.set(directory, names);
    }
    const actual = names.get(name) ?? names.get(name.toLowerCase());
    if (actual === undefined) return undefined;
    return { volume, directory: joinPath(directory, actual), display: joinDisplay(place.display, actual) };
  }

  #addSuspects(place: Place): void {
    for (const near of [place, ...this.#includePlaces]) {
      const names = near.volume.files.list(near.directory) ?? [];
      for (const name of names.filter((n) => /\.(h|inc|tmh)$/i.test(n)).slice(0, MAX_SUSPECTS)) {
        this.#add(near, joinPath(near.directory, name), joinDisplay(near.display, name));
      }
    }
  }
}

function treePath(place: Place): string {
  const { directory } = place;
  const path = place.volume.root + (directory.startsWith("/") ? directory : `/${directory}`);
  return path.endsWith("/") ? path.slice(0, -1) : path;
}

function parentPlace(place: Place): Place {
  return { ...place, directory: parentPath(place.directory), display: parentDisplay(place.display) };
}

/** The parent of a directory or file as a user would write it: "a/b" → "a", "a" → "", "" → "..", ".." → "../..". */
function parentDisplay(display: string): string {
  const trimmed = display.replace(/[\\/]+$/, "");
  if (trimmed === "" && display !== "") return display; // the root
  if (trimmed === "" || trimmed === ".") return "..";
  if (/(^|[\\/])\.\.$/.test(trimmed)) return `${trimmed}/..`;
  const cut = Math.max(trimmed.lastIndexOf("/"), trimmed.lastIndexOf("\\"));
  return cut < 0 ? "" : trimmed.slice(0, Math.max(cut, 1));
}

function joinDisplay(directory: string, name: string): string {
  if (directory === "" || /[\\/]$/.test(directory)) return directory + name;
  return `${directory}${directory.includes("\\") && !directory.includes("/") ? "\\" : "/"}${name}`;
}

/** Source text of any of the encodings that driver sources come in: UTF-8, UTF-16 with a mark, Windows-1252. */
function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
