import { ToolchainError } from "../errors.js";

const UTF8 = new TextDecoder();

/**
 * Reads little-endian numbers, LEB128 and strings from bytes it does not own. `offset` is the position of the next
 * byte and may be set. Reading past `end` throws "bad-module".
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  offset: number;

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    this.bytes = bytes;
    this.offset = offset;
    this.end = end;
  }

  get done(): boolean {
    return this.offset >= this.end;
  }

  u8(): number {
    if (this.offset >= this.end) this.#fail("the data ends too early");
    return this.bytes[this.offset++]!;
  }

  u16(): number {
    return this.u8() | (this.u8() << 8);
  }

  u32(): number {
    return (this.u16() | (this.u16() << 16)) >>> 0;
  }

  /** Unsigned LEB128 of at most 32 bits (WebAssembly core spec 5.2.2, DWARF 4 section 7.6). */
  uleb(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return this.#fail("a LEB128 number is longer than 32 bits");
  }

  /** Signed LEB128 of at most 64 bits; exact within 2^53. */
  sleb(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return byte & 0x40 ? value - 2 ** (shift + 7) : value;
    }
    return this.#fail("a LEB128 number is longer than 64 bits");
  }

  /** A view of the next `length` bytes. */
  take(length: number): Uint8Array {
    const start = this.offset;
    this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  skip(length: number): void {
    if (length > this.end - this.offset) this.#fail("the data ends too early");
    this.offset += length;
  }

  /** A length-prefixed UTF-8 name (WebAssembly core spec 5.2.4). */
  name(): string {
    return UTF8.decode(this.take(this.uleb()));
  }

  /** A NUL-terminated string. */
  cString(): string {
    const nul = this.bytes.indexOf(0, this.offset);
    if (nul < 0 || nul >= this.end) this.#fail("a string does not end");
    const text = UTF8.decode(this.bytes.subarray(this.offset, nul));
    this.offset = nul + 1;
    return text;
  }

  #fail(what: string): never {
    throw new ToolchainError("bad-module", `${what} at byte ${this.offset}`);
  }
}
