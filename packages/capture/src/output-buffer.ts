import { CaptureError } from "./capture-error.js";

/**
 * Takes bytes out. The chunk is borrowed: it is overwritten after the call, unless the sink gives the writer another buffer
 * in it. What a sink throws ends the writing.
 */
export type ByteSink = (chunk: Uint8Array) => void;

/**
 * One big buffer in front of a sink, filled from the left and handed over when the next piece does not fit.
 *
 * ```
 *   0            fill                          bytes.length
 *   +-------------+-----------------------------+
 *   | to be sent  | free: take() cuts from here |
 *   +-------------+-----------------------------+
 * ```
 */
export class OutputBuffer {
  bytes: Uint8Array;
  view: DataView;
  fill = 0;

  readonly #sink: ByteSink;
  /** Bytes that may be filled; 0 once closed. */
  #limit: number;

  constructor(sink: ByteSink, bytes: Uint8Array) {
    this.#sink = sink;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limit = bytes.length;
  }

  get closed(): boolean {
    return this.#limit === 0;
  }

  /** Reserves `count` contiguous bytes and returns their index in `bytes`, which may be another array afterwards. */
  take(count: number): number {
    const at = this.fill;
    if (at + count > this.#limit) return this.#makeRoom(count);
    this.fill = at + count;
    return at;
  }

  /** Copies `count` bytes from source[from] on to bytes[at] on. */
  copyIn(source: Uint8Array, from: number, count: number, at: number): void {
    this.bytes.set(source.subarray(from, from + count), at);
  }

  /** Hands what is filled to the sink. */
  flush(): void {
    const { fill } = this;
    this.fill = 0;
    if (fill > 0) this.#sink(this.bytes.subarray(0, fill));
  }

  /** Flushes, and goes on with other bytes. */
  replace(bytes: Uint8Array): void {
    this.flush();
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!this.closed) this.#limit = bytes.length;
  }

  /** Flushes; nothing can be taken any more. */
  close(): void {
    this.flush();
    this.#limit = 0;
  }

  #makeRoom(count: number): number {
    if (this.closed) throw new CaptureError("INVALID_ARGUMENT", "The capture was closed; nothing can be added to it.");
    this.flush();
    if (count > this.bytes.length) this.replace(new Uint8Array(count));
    this.fill = count;
    return 0;
  }
}
