import type { SourceFrame } from "./dwarf/segments.js";
import type { SymbolData } from "./symbols.js";

/** Collects the rows of a {@link SymbolData}. */
export class SymbolWriter {
  readonly #strings = new Map<string, number>();
  readonly #frames = new Map<SourceFrame, number>();
  readonly #rows: number[] = [];
  readonly #sites: number[] = [];
  readonly #steps: number[] = [];
  readonly #runs: number[] = [];
  readonly #functions: number[] = [];
  #end = 0;

  addSite(frame: SourceFrame | undefined, callee: string): void {
    this.#sites.push(this.#frame(frame), this.#string(callee));
  }

  /** Functions come in the order of their indices, those that the module defines. */
  addFunction(frame: SourceFrame | undefined): void {
    this.#functions.push(this.#frame(frame));
  }

  /** Runs come in the order of their starts; one that continues its predecessor is not written. */
  addRun(start: number, frame: SourceFrame | undefined): void {
    const index = this.#frame(frame);
    if (index === (this.#runs.at(-1) ?? -1)) return;
    this.#steps.push(start - this.#end);
    this.#runs.push(index);
    this.#end = start;
  }

  finish(moduleName: string, importCount: number): SymbolData {
    return {
      moduleName,
      importCount,
      strings: [...this.#strings.keys()],
      frames: this.#rows,
      steps: this.#steps,
      runs: this.#runs,
      sites: this.#sites,
      functions: this.#functions,
    };
  }

  #string(text: string): number {
    const index = this.#strings.get(text) ?? this.#strings.size;
    this.#strings.set(text, index);
    return index;
  }

  #frame(frame: SourceFrame | undefined): number {
    if (frame === undefined) return -1;
    let index = this.#frames.get(frame);
    if (index === undefined) {
      const inlinedAt = this.#frame(frame.inlinedAt);
      index = this.#frames.size;
      this.#frames.set(frame, index);
      this.#rows.push(this.#string(frame.file), this.#string(frame.function), frame.line, frame.column, inlinedAt);
    }
    return index;
  }
}
