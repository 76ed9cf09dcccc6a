import type { Descriptor } from "./descriptor.js";

/**
 * The chunks of a file on a disk: each is read in a thread of libuv while the one before is gone through.
 *
 * ```
 *                 buffer 0         buffer 1
 *   take()  ───▶  caller's         being read
 *   take()  ───▶  being read       caller's
 *   take()  ───▶  caller's         being read      …
 * ```
 */
export class ChunksAhead {
  readonly #descriptor: Descriptor;
  readonly #buffers: readonly Uint8Array[];
  /** The buffer that is read to. */
  #turn = 0;
  #reading: Promise<number | Error>;

  /** Reads the first chunk. @param buffers two or more of the same length, borrowed until the file is closed */
  constructor(descriptor: Descriptor, buffers: readonly Uint8Array[]) {
    this.#descriptor = descriptor;
    this.#buffers = buffers;
    this.#reading = descriptor.read(buffers[0]!);
  }

  /**
   * Waits for the next chunk, the caller's until the next call. Undefined at the end of the file, and once it was closed,
   * as often as asked.
   *
   * @throws the error of the system, as often as asked
   */
  async take(): Promise<Uint8Array | undefined> {
    const length = await this.#reading;
    if (typeof length !== "number") throw length;
    if (length === 0 || this.#descriptor.closed) return undefined;
    const buffer = this.#buffers[this.#turn]!;
    this.#turn = (this.#turn + 1) % this.#buffers.length;
    this.#reading = this.#descriptor.read(this.#buffers[this.#turn]!);
    return length === buffer.length ? buffer : buffer.subarray(0, length);
  }
}
