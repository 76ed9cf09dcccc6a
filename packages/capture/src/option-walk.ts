import type { NumberFields, NumberTable } from "./option-code.js";
import { OptionCode } from "./option-code.js";

/**
 * Steps through a list of options where it lies in a block.
 *
 * ```
 *   +--------------+--------------+------------------------+
 *   | code   u16   | length u16   | value, padded to 4     |  … until code 0, or the end of the block
 *   +--------------+--------------+------------------------+
 * ```
 *
 * The bytes are borrowed. See draft-ietf-opsawg-pcapng, "Options". The records of a Name Resolution Block have the same
 * shape.
 */
export class OptionWalk {
  /** The current option: its code, and its value at bytes[at] to bytes[at + length - 1]. */
  code = 0;
  at = 0;
  length = 0;
  /** Where the next option begins; behind the end mark once it was met. */
  position = 0;
  /** Set when the list ended in an option that runs beyond its block. */
  malformed = false;

  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #bigEndian: boolean;

  constructor(bytes: Uint8Array, start: number, end: number, bigEndian: boolean) {
    this.#bytes = bytes;
    this.#end = end;
    this.#bigEndian = bigEndian;
    this.position = start;
  }

  /** Goes to the next option; false behind the last. */
  next(): boolean {
    const header = this.position;
    if (this.#end - header < 4) return false;
    this.code = this.#u16(header);
    this.length = this.#u16(header + 2);
    this.at = header + 4;
    if (this.code === OptionCode.opt_endofopt) {
      this.position = this.at;
      return false;
    }
    this.malformed = padded(this.length) > this.#end - this.at;
    if (this.malformed) return false;
    this.position = this.at + padded(this.length);
    return true;
  }

  #u16(at: number): number {
    const first = this.#bytes[at]!;
    const second = this.#bytes[at + 1]!;
    return this.#bigEndian ? (first << 8) | second : (second << 8) | first;
  }

  /**
   * Writes the current option, little endian, to target[at] on and returns the position behind it. `numbers` says which
   * bytes of the value have to be turned when the source is big endian. The target must hold 4 + the padded length.
   */
  copyTo(target: Uint8Array, at: number, numbers: NumberTable): number {
    const value = putOption(target, at, this.code, this.#bytes.subarray(this.at, this.at + this.length));
    const fields = this.#bigEndian ? numbers.get(this.code) : undefined;
    if (fields !== undefined) turn(target, value, this.length, fields);
    return value + padded(this.length);
  }
}

/** `length` rounded up to a multiple of 4. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}

/** Writes an option, little endian and padded with zeros, to target[at] on; returns the position of its value. */
export function putOption(target: Uint8Array, at: number, code: number, value: Uint8Array): number {
  target[at] = code;
  target[at + 1] = code >>> 8;
  target[at + 2] = value.length;
  target[at + 3] = value.length >>> 8;
  target.set(value, at + 4);
  target.fill(0, at + 4 + value.length, at + 4 + padded(value.length));
  return at + 4;
}

/** Reverses the bytes of each number in a value. */
function turn(bytes: Uint8Array, value: number, length: number, fields: NumberFields): void {
  const { start, width } = fields;
  const count = Math.min(Math.floor((length - start) / width), fields.count ?? Number.POSITIVE_INFINITY);
  for (let index = 0; index < count; index++) {
    const first = value + start + index * width;
    bytes.subarray(first, first + width).reverse();
  }
}
