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

  /** @throws CaptureError `UNKNOWN_EXTENSION`, `CANNOT_WRITE` */
  constructor(path: string, options: CaptureOutputFileOptions = {}) {
    const format = options.format ?? formatForFileName(path);
    this.#file = new OutputFile(path);
    this.writer = createCaptureWriter(format, (chunk) => this.#file.write(chunk), options);
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
