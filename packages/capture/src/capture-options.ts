import { CaptureError } from "./capture-error.js";
import type { NumberTable } from "./option-code.js";
import { OptionCode } from "./option-code.js";
import { OptionWalk, padded, putOption } from "./option-walk.js";

/** One option of a block: a comment, an interface's name, a frame's flags … */
export interface CaptureOption {
  /** See `OptionCode`; what a code means depends on the block. */
  readonly code: number;
  /** Numbers in it are little endian. A view of the list that it came from. */
  readonly value: Uint8Array;
}

const NOTHING = new Uint8Array(0);
const LONGEST_VALUE = 0xffff;

/** The options of one block of a pcapng file, in their order, little endian whatever the file was. Immutable. */
export class CaptureOptions implements Iterable<CaptureOption> {
  static readonly none: CaptureOptions = new CaptureOptions(NOTHING, false);

  /** The list as a little-endian block has it, without the end mark. */
  readonly bytes: Uint8Array;
  /** Whether the block had a last option that runs beyond its end; that one is not in the list. */
  readonly malformed: boolean;

  private constructor(bytes: Uint8Array, malformed: boolean) {
    this.bytes = bytes;
    this.malformed = malformed;
  }

  /**
   * Options from a program: a text is written as UTF-8. Values are copied.
   *
   * @throws CaptureError `INVALID_ARGUMENT` for a value of more than 65,535 bytes, or a code that is not 1 to 65,535.
   */
  static of(...options: readonly (readonly [code: number, value: Uint8Array | string])[]): CaptureOptions {
    const encoder = new TextEncoder();
    const values = options.map(([, value]) => (typeof value === "string" ? encoder.encode(value) : value));
    const bytes = new Uint8Array(values.reduce((sum, value) => sum + 4 + padded(value.length), 0));
    let at = 0;
    for (const [index, value] of values.entries()) {
      const code = options[index]![0];
      if (!(Number.isInteger(code) && code > 0 && code <= 0xffff && value.length <= LONGEST_VALUE)) {
        throw new CaptureError(
          "INVALID_ARGUMENT",
          `Option ${code} of ${value.length} bytes cannot be written: codes are 1 to 65535, values up to 65535 bytes.`,
        );
      }
      at = putOption(bytes, at, code, value) + padded(value.length);
    }
    return new CaptureOptions(bytes, false);
  }

  /**
   * The list at bytes[start] to bytes[end - 1], copied. `numbers` says where numbers lie whose bytes may have to be
   * turned.
   */
  static decode(
    bytes: Uint8Array,
    start: number,
    end: number,
    bigEndian: boolean,
    numbers: NumberTable,
  ): CaptureOptions {
    const copy = new Uint8Array(end - start);
    const walk = new OptionWalk(bytes, start, end, bigEndian);
    let at = 0;
    while (walk.next()) at = walk.copyTo(copy, at, numbers);
    return new CaptureOptions(copy.subarray(0, at), walk.malformed);
  }

  *[Symbol.iterator](): Iterator<CaptureOption> {
    const walk = new OptionWalk(this.bytes, 0, this.bytes.length, false);
    while (walk.next()) yield { code: walk.code, value: this.bytes.subarray(walk.at, walk.at + walk.length) };
  }

  /** The value of the first option of that code. */
  get(code: number): Uint8Array | undefined {
    for (const option of this) if (option.code === code) return option.value;
    return undefined;
  }

  /** The first option of that code as text. */
  text(code: number): string | undefined {
    const value = this.get(code);
    return value === undefined ? undefined : textOf(value);
  }

  /** Every comment, in order. */
  get comments(): string[] {
    const comments: string[] = [];
    for (const { code, value } of this) if (code === OptionCode.opt_comment) comments.push(textOf(value));
    return comments;
  }
}

/** UTF-8 up to a zero byte, if there is one; what is not UTF-8 becomes U+FFFD. */
function textOf(value: Uint8Array): string {
  const zero = value.indexOf(0);
  return new TextDecoder().decode(zero < 0 ? value : value.subarray(0, zero));
}
