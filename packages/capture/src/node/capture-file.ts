import { openSync } from "node:fs";
import { CaptureError } from "../capture-error.js";
import type { CaptureInterface } from "../capture-interface.js";
import type { CaptureReaderOptions } from "../capture-reader.js";
import { CaptureReader } from "../capture-reader.js";
import type { CaptureRecord } from "../capture-record.js";
import { readSome, reasonOf } from "./blocking.js";
import { ChunksAhead } from "./chunks-ahead.js";
import { Descriptor } from "./descriptor.js";

const CHUNK = 1024 * 1024;
const STANDARD_INPUT = 0;

export interface CaptureFileOptions extends CaptureReaderOptions {
  /** Where chunks are read to, by default 1 MiB of the file's own; frames lie in it or in `scratch`. */
  readonly buffer?: Uint8Array;
}

/**
 * A capture file open for reading, a chunk at a time.
 *
 * ```ts
 * using file = new CaptureFile("trace.pcapng");
 * while (file.next()) use(file.record);
 * ```
 */
export class CaptureFile implements Disposable {
  readonly path: string;
  /** The reader that the file is pushed into; call `next` of the file, not of the reader. */
  readonly reader: CaptureReader;

  #buffer: Uint8Array;
  #descriptor: Descriptor | undefined;
  /** Set once the file reads ahead. */
  #ahead: ChunksAhead | undefined;
  #ended = false;

  /**
   * @param path of the file; "-" is standard input
   * @throws CaptureError `CANNOT_READ`
   */
  constructor(path: string, options: CaptureFileOptions = {}) {
    this.path = path;
    this.reader = new CaptureReader(options);
    this.#buffer = options.buffer ?? new Uint8Array(CHUNK);
    this.#descriptor = new Descriptor(path === "-" ? STANDARD_INPUT : this.#system(() => openSync(path, "r")));
  }

  /**
   * Where chunks are read to. Another buffer is used from the next chunk on, when all of this one has been read. Of a file
   * that reads ahead, the chunk that is gone through.
   */
  get buffer(): Uint8Array {
    return this.#buffer;
  }

  set buffer(buffer: Uint8Array) {
    this.#buffer = buffer;
  }

  /** The frame that the last `next()` found; one object, filled anew each time. */
  get record(): CaptureRecord {
    return this.reader.record;
  }

  /** All interfaces met so far. */
  get interfaces(): readonly CaptureInterface[] {
    return this.reader.interfaces;
  }

  /**
   * Goes to the next frame; false at the end of a capture that is whole. A file that reads ahead says false at the end
   * of each chunk too: `more()` goes on then.
   *
   * @throws CaptureError as `CaptureReader.next` and `end` do, or `CANNOT_READ`.
   */
  next(): boolean {
    while (!this.reader.next()) {
      if (!this.#fill()) return false;
    }
    return true;
  }

  /**
   * Reads ahead from the next chunk on: while one chunk is gone through, another thread reads the one after it.
   *
   * ```ts
   * file.readAhead([one, other]);
   * while (await file.more()) {
   *   do use(file.record);
   *   while (file.next());
   * }
   * ```
   *
   * A pipe, or whatever is no file on a disk, is read as before, to the first of `buffers`: a thread that waits for another
   * program would keep the process from ending. So is everything when there is one buffer only.
   *
   * @param buffers of the same length, used in turn; borrowed until `close`, and then until what is on its way into them
   * has come. A frame's bytes stay as they are until the next `more()`.
   */
  readAhead(buffers: readonly Uint8Array[]): void {
    this.#buffer = buffers[0] ?? this.#buffer;
    if (buffers.length > 1 && this.#descriptor?.isFile === true)
      this.#ahead = new ChunksAhead(this.#descriptor, buffers);
  }

  /** As `next`, but waits for the chunk that is on its way: false at the end of the capture only. */
  async more(): Promise<boolean> {
    while (!this.next()) {
      if (!(await this.#arrive())) return false;
    }
    return true;
  }

  /** Pushes the chunk that was on its way; false at the end of the file. */
  async #arrive(): Promise<boolean> {
    if (this.#descriptor === undefined || this.#ahead === undefined) return false;
    let chunk: Uint8Array | undefined;
    try {
      chunk = await this.#ahead.take();
    } catch (cause) {
      throw this.#refused(cause);
    }
    if (this.#descriptor === undefined) return false;
    if (chunk === undefined) {
      this.reader.end();
      return false;
    }
    this.#buffer = chunk;
    this.reader.push(chunk);
    return true;
  }

  /** Pushes another chunk; false at the end of the file, or when it reads ahead. */
  #fill(): boolean {
    const descriptor = this.#descriptor;
    if (descriptor === undefined || this.#ended || this.#ahead !== undefined) return false;
    const length = this.#system(() => readSome(descriptor.number, this.#buffer));
    if (length === 0) {
      this.reader.end();
      this.#ended = true;
      return false;
    }
    this.reader.push(length === this.#buffer.length ? this.#buffer : this.#buffer.subarray(0, length));
    return true;
  }

  /** Closes the file; the record's bytes stay as they are. Closing again does nothing. */
  close(): void {
    this.#descriptor?.close();
    this.#descriptor = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #system<T>(call: () => T): T {
    try {
      return call();
    } catch (cause) {
      throw this.#refused(cause);
    }
  }

  #refused(cause: unknown): CaptureError {
    const name = this.path === "-" ? "standard input" : this.path;
    return new CaptureError("CANNOT_READ", `Cannot read ${name}: ${reasonOf(cause)}.`, { cause });
  }
}
