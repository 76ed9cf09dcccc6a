const NOTHING = new Uint8Array(0);
const FIRST_SCRATCH = 64 * 1024;

/**
 * Pushed chunks of bytes, shown to a parser as one contiguous window at a time.
 *
 * ```
 *   chunk 1                chunk 2                chunk 3
 *   +------------------+   +------------------+   +----------------
 *   | rec | rec | rec ~|   |~ rec | rec | rec |   | rec | …
 *   +------------------+   +------------------+   +----------------
 *                    \        /
 *                +-----------------+
 *       scratch  |   whole rec     |      only a record that spans two chunks is ever copied
 *                +-----------------+
 * ```
 *
 * A chunk is borrowed, not copied: it must stay as it is until `need` has returned false (what is left of it then has
 * been moved to the scratch bytes). The scratch grows with the bytes that arrived, never with a length that a file
 * claims.
 */
export class ByteWindow {
  /** The window: bytes[at] to bytes[end - 1] are at hand and not yet consumed. */
  bytes: Uint8Array = NOTHING;
  /** The same bytes; indices are those of `bytes`. */
  view: DataView = new DataView(NOTHING.buffer);
  at = 0;
  end = 0;
  /** Position in the whole input of bytes[0]. */
  origin = 0;
  /** What the last `need` that failed asked for. */
  wanted = 0;

  #scratch: Uint8Array;
  #scratchView: DataView;
  /** The chunk behind the scratch window, and how far the scratch has eaten into it. */
  #next: Uint8Array | undefined;
  #nextAt = 0;

  /**
   * @param scratch where records that span chunks are put together; replaced by a bigger one when such a record does
   * not fit.
   */
  constructor(scratch: Uint8Array = new Uint8Array(FIRST_SCRATCH)) {
    this.#scratch = plain(scratch);
    this.#scratchView = viewOf(this.#scratch);
  }

  /** Position in the whole input of the first byte not yet consumed. */
  get position(): number {
    return this.origin + this.at;
  }

  /** Bytes at hand and not yet consumed, in the window and behind it. */
  get unread(): number {
    return this.end - this.at + (this.#next === undefined ? 0 : this.#next.length - this.#nextAt);
  }

  /** Puts `chunk` behind what is at hand, borrowed until `need` has returned false. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (this.unread === 0) {
      this.#show(plain(chunk), 0, chunk.length);
      this.#next = undefined;
      return;
    }
    this.#moveToScratch();
    if (this.#next !== undefined) this.#append(this.#next, this.#nextAt, this.#next.length - this.#nextAt);
    this.#next = plain(chunk);
    this.#nextAt = 0;
  }

  /**
   * Sees to it that `count` bytes from `at` on are contiguous in the window, and says whether they are. May move the
   * window: `bytes`, `view`, `at` and `end` are to be read again. After false everything pushed so far has been taken
   * over.
   */
  need(count: number): boolean {
    if (this.end - this.at >= count) return true;
    if (this.#next !== undefined) {
      if (this.at === this.end) {
        this.#show(this.#next, this.#nextAt, this.#next.length);
        this.#next = undefined;
      } else {
        const taken = Math.min(count - (this.end - this.at), this.#next.length - this.#nextAt);
        this.#append(this.#next, this.#nextAt, taken);
        this.#nextAt += taken;
        if (this.#nextAt === this.#next.length) this.#next = undefined;
      }
      if (this.end - this.at >= count) return true;
    }
    this.#moveToScratch();
    this.wanted = count;
    return false;
  }

  #show(bytes: Uint8Array, at: number, end: number): void {
    this.origin = this.position - at;
    this.bytes = bytes;
    this.view = bytes === this.#scratch ? this.#scratchView : viewOf(bytes);
    this.at = at;
    this.end = end;
  }

  /** Copies what is left of a borrowed chunk. */
  #moveToScratch(): void {
    const left = this.end - this.at;
    if (this.bytes === this.#scratch || left === 0) return;
    if (left > this.#scratch.length) this.#replaceScratch(left);
    this.#scratch.set(this.bytes.subarray(this.at, this.end));
    this.#show(this.#scratch, 0, left);
  }

  /** Appends to the scratch window. */
  #append(source: Uint8Array, from: number, count: number): void {
    const left = this.end - this.at;
    if (this.end + count > this.#scratch.length) {
      const old = this.#scratch;
      if (left + count > old.length) this.#replaceScratch(left + count);
      this.#scratch.set(old.subarray(this.at, this.end));
      this.#show(this.#scratch, 0, left);
    }
    this.#scratch.set(source.subarray(from, from + count), this.end);
    this.end += count;
  }

  #replaceScratch(length: number): void {
    this.#scratch = new Uint8Array(Math.max(length, this.#scratch.length * 2));
    this.#scratchView = viewOf(this.#scratch);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The same bytes as a plain Uint8Array: a subclass, such as Node has, would make every access to the window slower. */
function plain(bytes: Uint8Array): Uint8Array {
  if (Object.getPrototypeOf(bytes) === Uint8Array.prototype) return bytes;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
