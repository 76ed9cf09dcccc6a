import { findRun } from "../sorted-search.js";

/** A run of bytes that was inserted in a module, and the old position it works for. */
export interface Insertion {
  readonly start: number;
  readonly end: number;
  readonly origin: number;
}

/** How positions in a module moved when bytes were inserted. Edits are recorded from the front of the module to its end. */
export class OffsetMap {
  /** Inserted code that belongs elsewhere than to the instruction that follows it. */
  readonly insertions: Insertion[] = [];
  readonly #behind: number[] = [];
  readonly #shifts: number[] = [];

  /** Every old position greater than `behind` is now `shift` bytes further on, until the next record. */
  recordShift(behind: number, shift: number): void {
    this.#behind.push(behind);
    this.#shifts.push(shift);
  }

  /** The bytes from `start` to `end` of the new module work for the code at the old position `origin`. */
  recordInsertion(start: number, end: number, origin: number): void {
    this.insertions.push({ start, end, origin });
  }

  /** The new position of an old one: of an instruction, or of the first byte behind a function. */
  moved(position: number): number {
    const last = findRun(this.#behind, position - 1);
    return position + (last < 0 ? 0 : this.#shifts[last]!);
  }
}
