const UTF8 = new TextEncoder();

/** Appends bytes to a buffer that grows. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  u8(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  /** Unsigned LEB128, shortest form. */
  uleb(value: number): void {
    for (; value >= 0x80; value = Math.floor(value / 128)) this.u8((value & 0x7f) | 0x80);
    this.u8(value);
  }

  /** Signed LEB128 of a 32-bit integer, shortest form. */
  sleb(value: number): void {
    for (; value < -64 || value > 63; value >>= 7) this.u8((value & 0x7f) | 0x80);
    this.u8(value & 0x7f);
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A length-prefixed UTF-8 name. */
  name(text: string): void {
    const bytes = UTF8.encode(text);
    this.uleb(bytes.length);
    this.append(bytes);
  }

  /** What was written; a view that stays valid until the next write. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}
