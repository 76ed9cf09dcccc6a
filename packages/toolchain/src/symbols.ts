import { findRun } from "./sorted-search.js";
import { parseStack } from "./stack-trace.js";

/** A place in a driver's C. */
export interface Frame {
  /** The path as the user gave it, or on from a directory the user gave. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in bytes; 0 if it is not known. */
  readonly column: number;
  /** The C function whose text has the line, even if it was inlined elsewhere. */
  readonly function: string;
}

/** A call of an imported function. */
export interface Site extends Frame {
  /** Name of the imported function. */
  readonly callee: string;
  /** Where the function that contains the call was inlined, from the inside out; empty if it was not. */
  readonly inlinedAt: readonly Frame[];
}

/**
 * The side table of a driver as plain data, for storage. Frames are rows of five numbers: file and function as indices
 * of `strings`, line, column, and the frame it was inlined at as an index, or -1. A frame stands behind its callers.
 */
export interface SymbolData {
  readonly moduleName: string;
  readonly strings: readonly string[];
  readonly frames: readonly number[];
  /** Where each run of code starts in the module; each is the distance from the one before. */
  readonly steps: readonly number[];
  /** The frame of each run, or -1. */
  readonly runs: readonly number[];
  /** Frame (or -1) and callee, as an index of `strings`, of each call site. */
  readonly sites: readonly number[];
  /** Functions the module imports; they take the first indices. */
  readonly importCount: number;
  /** The frame at the start of each function the module defines, or -1. */
  readonly functions: readonly number[];
}

const FRAME_WIDTH = 5;

/** From positions in a driver's module, and from ids of its call sites, to lines of C. Immutable. */
export class Symbols {
  /** Name of the module in stack traces: the driver's name and the first digits of its hash. */
  readonly moduleName: string;
  readonly #data: SymbolData;
  readonly #starts: Uint32Array;

  /** @param data is kept and must not be changed */
  constructor(data: SymbolData) {
    this.moduleName = data.moduleName;
    this.#data = data;
    this.#starts = Uint32Array.from(data.steps);
    for (let i = 1; i < this.#starts.length; i++) this.#starts[i]! += this.#starts[i - 1]!;
  }

  /** Number of call sites; their ids are 1 … `siteCount`. */
  get siteCount(): number {
    return this.#data.sites.length / 2;
  }

  /**
   * The C that a byte of the module was compiled from, innermost inlined function first.
   *
   * @param moduleOffset from the start of the module, as V8 prints it
   * @returns null if it is not the driver's code
   */
  lookup(moduleOffset: number): Frame[] | null {
    const run = findRun(this.#starts, moduleOffset);
    const frame = run < 0 ? -1 : this.#data.runs[run]!;
    return frame < 0 ? null : this.#frames(frame);
  }

  /** The call that stored `id`, or null for 0 and other numbers that are no site. */
  site(id: number): Site | null {
    const frame = this.#data.sites[2 * (id - 1)];
    const callee = this.#data.sites[2 * id - 1];
    if (frame === undefined || callee === undefined) return null;
    const [innermost, ...inlinedAt] = frame < 0 ? [NOWHERE] : this.#frames(frame);
    return { ...innermost!, callee: this.#data.strings[callee]!, inlinedAt };
  }

  /**
   * Where the function with an index of the module starts, or null. An exported function, and one from a table, has
   * its index for a name.
   */
  functionAt(index: number): Frame | null {
    const frame = this.#data.functions[index - this.#data.importCount] ?? -1;
    return frame < 0 ? null : this.#frames(frame).at(-1)!;
  }

  /** The C frames of this driver in the text of an Error's `stack`, innermost first. */
  framesOfStack(stack: string): Frame[] {
    return framesOfStack(stack, [this]);
  }

  /** The table as plain data; not to be changed. */
  toJSON(): SymbolData {
    return this.#data;
  }

  #frames(index: number): Frame[] {
    const { frames, strings } = this.#data;
    const chain: Frame[] = [];
    for (let at = index; at >= 0; ) {
      const [file, name, line, column, inlinedAt] = frames.slice(FRAME_WIDTH * at, FRAME_WIDTH * (at + 1));
      chain.push({ file: strings[file!]!, line: line!, column: column!, function: strings[name!]! });
      at = inlinedAt!;
    }
    return chain;
  }
}

const NOWHERE: Frame = { file: "", line: 0, column: 0, function: "" };

/**
 * The C frames in the text of an Error's `stack`, innermost first, where several drivers may be on the stack. JavaScript
 * frames between them, and code without lines, are left out. Node prints 10 frames unless `Error.stackTraceLimit` says
 * otherwise.
 */
export function framesOfStack(stack: string, drivers: readonly Symbols[]): Frame[] {
  return parseStack(stack).flatMap(({ moduleName, offset }) => {
    const only = moduleName === undefined && drivers.length === 1;
    const driver = only ? drivers[0] : drivers.find((symbols) => symbols.moduleName === moduleName);
    return driver?.lookup(offset) ?? [];
  });
}
