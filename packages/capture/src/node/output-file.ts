import { closeSync, fchmodSync, openSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CaptureError } from "../capture-error.js";
import { reasonOf, systemCode, writeAll } from "./blocking.js";

const STANDARD_OUTPUT = 1;
const ATTEMPTS = 100;

/**
 * A file that appears under its name only when it is whole.
 *
 * ```
 *                      write            commit()
 *   new ──▶ open ──────────▶ open ──────────────▶ committed   renamed onto the target
 *             └──────────────┴────── abort() ───▶ aborted     removed; the target is as before
 * ```
 *
 * The bytes go to a temporary file beside the target. A target that is there and is no regular file, such as /dev/null
 * or a named pipe, is written to straight; so is standard output, "-". A symbolic link stays, and what it points to is
 * replaced. The mode of a file that is replaced is kept.
 */
export class OutputFile implements Disposable {
  readonly path: string;
  #descriptor: number | undefined;
  /** The temporary name, and the name it gets; undefined where bytes go straight to their place. */
  #temporary: string | undefined;
  #target = "";

  /** @throws CaptureError `CANNOT_WRITE` */
  constructor(path: string) {
    this.path = path;
    try {
      if (path === "-") this.#descriptor = STANDARD_OUTPUT;
      else this.#open(path);
    } catch (cause) {
      this.abort();
      throw this.#refused(cause);
    }
  }

  #open(path: string): void {
    const old = statSync(path, { throwIfNoEntry: false });
    if (old?.isFile() === false) {
      this.#descriptor = openSync(path, "w");
      return;
    }
    this.#target = old === undefined ? path : realpathSync(path);
    this.#temporary = this.#createBeside(this.#target);
    if (old !== undefined) fchmodSync(this.#descriptor!, old.mode & 0o777);
  }

  /** Creates and opens a file of a name not yet taken in the directory of `target`, and returns the name. */
  #createBeside(target: string): string {
    for (let attempt = 0; ; attempt++) {
      const name = join(dirname(target), `.${basename(target)}.${process.pid}-${attempt}.tmp`);
      try {
        this.#descriptor = openSync(name, "wx");
        return name;
      } catch (error) {
        if (systemCode(error) !== "EEXIST" || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /**
   * Appends `bytes`; they are the caller's again on return.
   *
   * @throws CaptureError `CANNOT_WRITE`; the file is aborted then.
   */
  write(bytes: Uint8Array): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) {
      throw new CaptureError("INVALID_ARGUMENT", `${this.path} was committed or aborted; nothing can be added to it.`);
    }
    try {
      writeAll(descriptor, bytes);
    } catch (cause) {
      this.abort();
      throw this.#refused(cause);
    }
  }

  /**
   * Ends the file and gives it its name. Does nothing after `commit` or `abort`.
   *
   * @throws CaptureError `CANNOT_WRITE`; the temporary file is removed then.
   */
  commit(): void {
    if (this.#descriptor === undefined) return;
    try {
      this.#close();
      if (this.#temporary !== undefined) renameSync(this.#temporary, this.#target);
      this.#temporary = undefined;
    } catch (cause) {
      this.abort();
      throw this.#refused(cause);
    }
  }

  /** Removes what was written, where it is not yet in its place. Does nothing after `commit` or `abort`. */
  abort(): void {
    try {
      this.#close();
    } finally {
      if (this.#temporary !== undefined) rmSync(this.#temporary, { force: true });
      this.#temporary = undefined;
    }
  }

  /** Aborts, unless committed. */
  [Symbol.dispose](): void {
    this.abort();
  }

  #close(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    if (descriptor !== undefined && descriptor !== STANDARD_OUTPUT) closeSync(descriptor);
  }

  #refused(cause: unknown): CaptureError {
    const name = this.path === "-" ? "standard output" : this.path;
    return new CaptureError("CANNOT_WRITE", `Cannot write ${name}: ${reasonOf(cause)}.`, { cause });
  }
}
