import { closeSync, openSync } from "node:fs";
import { CaptureError } from "../capture-error.js";
import type { CaptureInterface } from "../capture-interface.js";
import type { CaptureReaderOptions } from "../capture-reader.js";
import { CaptureReader } from "../capture-reader.js";
import type { CaptureRecord } from "../capture-record.js";
import { readSome, reasonOf } from "./blocking.js";

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
  #descriptor: number | undefined;
  #ended = false;

  /**
   * @param path of the file; "-" is standard input
   * @throws CaptureError `CANNOT_READ`
   */
  constructor(path: string, options: CaptureFileOptions = {}) {
    this.path = path;
    this.reader = new CaptureReader(options);
    this.#buffer = options.buffer ?? new Uint8Array(CHUNK);
    this.#descriptor = path === "-" ? STANDARD_INPUT : this.#system(() => openSync(path, "r"));
  }

  /** Where chunks are read to. Another buffer is used from the next chunk on, when all of this one has been read. */
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
   * Goes to the next frame; false at the end of a capture that is whole.
   *
   * @throws CaptureError as `CaptureReader.next` and `end` do, or `CANNOT_READ`.
   */
  next(): boolean {
    while (!this.reader.next()) {
      if (!this.#fill()) return false;
    }
    return true;
  }

  /** Pushes another chunk; false at the end of the file. */
  #fill(): boolean {
    const descriptor = this.#descriptor;
    if (descriptor === undefined || this.#ended) return false;
    const length = this.#system(() => readSome(descriptor, this.#buffer));
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
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    if (descriptor !== undefined && descriptor !== STANDARD_INPUT) closeSync(descriptor);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #system<T>(call: () => T): T {
    try {
      return call();
    } catch (cause) {
      const name = this.path === "-" ? "standard input" : this.path;
      throw new CaptureError("CANNOT_READ", `Cannot read ${name}: ${reasonOf(cause)}.`, { cause });
    }
  }
}
