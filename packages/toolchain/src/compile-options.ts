import { ToolchainError } from "./errors.js";
import type { FileSource } from "./file-source.js";

/** What to compile and how. Everything is only read. */
export interface CompileOptions {
  /** The driver's C files. A path is what messages show; `text` replaces the file's content, or stands for a file. */
  readonly sources: readonly { readonly path: string; readonly text?: string }[];
  /** Name of the driver in stack traces; by default the first source's without directory and ending. */
  readonly name?: string;
  /** Directories searched for headers after the including file's own. */
  readonly includeDirs?: readonly string[];
  /** Macros: "NAME" or "NAME=VALUE". */
  readonly defines?: readonly string[];
  /** Headers that come with the compiler (ndis.h …): path to text. Searched last, and they give no warnings. */
  readonly headers?: ReadonlyMap<string, string>;
  /** Where sources without `text` and headers are read; by default only the given texts and headers exist. */
  readonly files?: FileSource;
  /** 0: every statement keeps its line and nothing is inlined. 1, the default: faster code. */
  readonly optimize?: 0 | 1;
  /** What is added to the code; both by default. */
  readonly instrument?: { readonly callSites?: boolean; readonly loops?: boolean };
  /** Address of the 32-bit cell where a call site leaves its id, a multiple of 4; default 0x1000. */
  readonly siteCell?: number;
  /** First address of the driver's image, a multiple of 16; default 65536. */
  readonly globalBase?: number;
  /** Bytes of stack, a multiple of 16; default 65536. */
  readonly stackSize?: number;
  /** False lets a module without DriverEntry pass; default true. */
  readonly requireDriverEntry?: boolean;
  /** Where finished builds are kept; by default they are not. */
  readonly cache?: BuildCache;
  /** Told what is being done: "loading the compiler", "compiling filter.c", "linking". Silent if the cache answers. */
  readonly onProgress?: (text: string) => void;
}

/** Keeps finished builds by hash. Neither method may throw: a cache that fails is a cache that is empty. */
export interface BuildCache {
  /** What was stored under a hash, whole or damaged, or undefined. */
  load(hash: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  store(hash: string, build: Uint8Array): void | Promise<void>;
}

/** Options with their defaults, as far as they decide the output. */
export interface BuildSettings {
  readonly name: string;
  readonly paths: readonly string[];
  readonly defines: readonly string[];
  readonly optimize: 0 | 1;
  readonly callSites: boolean;
  readonly loops: boolean;
  readonly siteCell: number;
  readonly globalBase: number;
  readonly stackSize: number;
}

/** @throws ToolchainError "bad-source" */
export function settingsOf(options: CompileOptions): BuildSettings {
  const paths = options.sources.map((source) => source.path);
  const first = paths[0];
  if (first === undefined) throw new ToolchainError("bad-source", "there is no source to compile");
  const odd = paths.find((path) => !/\.c$/i.test(path));
  if (odd !== undefined) throw new ToolchainError("bad-source", `${odd} is not a C source: its name must end in .c`);
  return {
    name: options.name ?? first.replace(/^.*[\\/]/, "").replace(/\.c$/i, ""),
    paths,
    defines: options.defines ?? [],
    optimize: options.optimize ?? 1,
    callSites: options.instrument?.callSites ?? true,
    loops: options.instrument?.loops ?? true,
    siteCell: options.siteCell ?? 0x1000,
    globalBase: options.globalBase ?? 65536,
    stackSize: options.stackSize ?? 65536,
  };
}
