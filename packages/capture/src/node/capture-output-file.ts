import type { CaptureFormat } from "../capture-format.js";
import { formatForFileName } from "../capture-format.js";
import type { CaptureWriter, CaptureWriterOptions } from "../capture-writer.js";
import { createCaptureWriter } from "../create-capture-writer.js";
import { OutputFile } from "./output-file.js";

export interface CaptureOutputFileOptions extends CaptureWriterOptions {
  /** By default what the file's name says; needed for names that do not, such as /dev/null and "-", standard output. */
  readonly format?: CaptureFormat;
}

/**
 * A capture file open for writing. It appears under its name with `commit()`; see `OutputFile`.
 *
 * ```ts
 * using output = new CaptureOutputFile("copy.pcapng");
 * while (input.next()) output.writer.write(input.record);
 * output.commit();
 * ```
 */
export class CaptureOutputFile implements Disposable {
  readonly writer: CaptureWriter;
  readonly #file: OutputFile;
  /** Buffers that a full one can be exchanged for; none unless it writes behind. */
  #free: Uint8Array[] = [];

  /** @throws CaptureError `UNKNOWN_EXTENSION`, `CANNOT_WRITE` */
  constructor(path: string, options: CaptureOutputFileOptions = {}) {
    const format = options.format ?? formatForFileName(path);
    this.#file = new OutputFile(path);
    this.writer = createCaptureWriter(format, (chunk) => this.#take(chunk), options);
  }

  /**
   * Writes behind from now on: another thread writes a buffer that is full while the next is filled. That one is back is
   * heard when the event loop runs. When all are on their way the caller writes the last itself, and waits for those in
   * front of it: have some more of them.
   *
   * Where the bytes go straight to their place, as with /dev/null or a pipe, they are written as before, from the first of
   * `buffers`. So they are when there is one only.
   *
   * @param buffers to be the writer's in turn, borrowed until the last is back: see `settle`
   */
  writeBehind([first, ...others]: readonly Uint8Array[]): void {
    if (first !== undefined) this.writer.buffer = first;
    if (!this.#file.isStraight) this.#free = others;
  }

  /**
   * Waits for what is on its way, and writes no more behind: `commit` is next.
   *
   * @throws CaptureError `CANNOT_WRITE` for what could not be written; the output is aborted then.
   */
  async settle(): Promise<void> {
    await this.#file.settle();
    this.#free = [];
  }

  #take(chunk: Uint8Array): void {
    const next = this.#free.pop();
    if (next === undefined) {
      this.#file.write(chunk);
      return;
    }
    const full = this.writer.buffer;
    this.#file.writeBehind(chunk, () => this.#free.push(full));
    this.writer.buffer = next;
  }

  /** Writes what is left and gives the file its name. @throws CaptureError `CANNOT_WRITE` */
  commit(): void {
    this.writer.close();
    this.#file.commit();
  }

  /** Removes what was written; a file that was there before stays. Does nothing after `commit`. */
  abort(): void {
    this.#file.abort();
  }

  /** Aborts, unless committed. */
  [Symbol.dispose](): void {
    this.abort();
  }
}
