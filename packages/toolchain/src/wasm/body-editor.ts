import { ByteWriter } from "./byte-writer.js";

/** From here on, old positions are this far from the start of the edited bytes. */
export interface Shift {
  /** The shift holds for positions greater than this one. */
  readonly behind: number;
  readonly shift: number;
}

/** Copies a run of bytes with edits made from front to back, and keeps account of what moved where. */
export class BodyEditor {
  readonly shifts: Shift[] = [];
  readonly #source: Uint8Array;
  readonly #out: ByteWriter;
  #copied: number;

  /** @param source bytes of the module; those from `start` are to be copied */
  constructor(source: Uint8Array, start: number) {
    this.#source = source;
    this.#out = new ByteWriter();
    this.#copied = start;
    this.#note(start - 1, start);
  }

  /** Inserts code that belongs to the instruction at `position`: that is where the instruction then starts. */
  insertBefore(position: number, write: (out: ByteWriter) => void): void {
    this.replace(position, position, write);
  }

  /**
   * Inserts code that does not belong to the instruction at `position`, which then starts behind it.
   *
   * @returns bounds of the inserted code from the start of the edited bytes
   */
  insertAfter(position: number, write: (out: ByteWriter) => void): { start: number; end: number } {
    this.#copyTo(position);
    const start = this.#out.length;
    write(this.#out);
    this.#note(position - 1, position);
    return { start, end: this.#out.length };
  }

  /** Writes something else in place of the bytes from `start` to `end`. */
  replace(start: number, end: number, write: (out: ByteWriter) => void): void {
    this.#copyTo(start);
    write(this.#out);
    this.#copied = end;
    this.#note(start, end);
  }

  /** Copies the rest, up to `end`. */
  finish(end: number): Uint8Array {
    this.#copyTo(end);
    return this.#out.bytes;
  }

  /** What stood at `position` goes to where the output ends now, and so does all that was behind `behind`. */
  #note(behind: number, position: number): void {
    const shift = this.#out.length - position;
    if (shift !== this.shifts.at(-1)?.shift) this.shifts.push({ behind, shift });
  }

  #copyTo(position: number): void {
    this.#out.append(this.#source.subarray(this.#copied, position));
    this.#copied = position;
  }
}
