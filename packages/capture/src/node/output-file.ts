import { fchmodSync, openSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CaptureError } from "../capture-error.js";
import { reasonOf, systemCode, writeAll } from "./blocking.js";
import { Descriptor } from "./descriptor.js";

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
 *
 * Bytes may be written behind, by another thread while the caller goes on. `settle` waits for the last of them.
 */
export class OutputFile implements Disposable {
  readonly path: string;
  #descriptor: Descriptor | undefined;
  /** The temporary name, and the name it gets; undefined where bytes go straight to their place. */
  #temporary: string | undefined;
  #target = "";
  /** Bytes written and on their way. */
  #length = 0;
  /** Why what was written behind could not be. */
  #failure: CaptureError | undefined;

  /** @throws CaptureError `CANNOT_WRITE` */
  constructor(path: string) {
    this.path = path;
    try {
      if (path === "-") this.#descriptor = new Descriptor(STANDARD_OUTPUT);
      else this.#open(path);
    } catch (cause) {
      this.abort();
      throw this.#refused(cause);
    }
  }

  #open(path: string): void {
    const old = statSync(path, { throwIfNoEntry: false });
    if (old?.isFile() === false) {
      this.#descriptor = new Descriptor(openSync(path, "w"));
      return;
    }
    this.#target = old === undefined ? path : realpathSync(path);
    this.#temporary = this.#createBeside(this.#target);
    if (old !== undefined) fchmodSync(this.#descriptor!.number, old.mode & 0o777);
  }

  /** Creates and opens a file of a name not yet taken in the directory of `target`, and returns the name. */
  #createBeside(target: string): string {
    for (let attempt = 0; ; attempt++) {
      const name = join(dirname(target), `.${basename(target)}.${process.pid}-${attempt}.tmp`);
      try {
        this.#descriptor = new Descriptor(openSync(name, "wx"));
        return name;
      } catch (error) {
        if (systemCode(error) !== "EEXIST" || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /**
   * True where bytes go straight to their place. They cannot be written behind there: a thread that waits for another
   * program would keep the process from ending.
   */
  get isStraight(): boolean {
    return this.#temporary === undefined;
  }

  /**
   * Appends `bytes`; they are the caller's again on return.
   *
   * @throws CaptureError `CANNOT_WRITE`; the file is aborted then.
   */
  write(bytes: Uint8Array): void {
    const { number } = this.#opened();
    try {
      // What is on its way has its place in front of these.
      writeAll(number, bytes, this.isStraight ? null : this.#length);
      this.#length += bytes.length;
    } catch (cause) {
      this.abort();
      throw this.#refused(cause);
    }
  }

  /**
   * Appends `bytes` from another thread, unless the file is straight. They are borrowed until `done` is called. When they
   * cannot be written the file is aborted, and the next call says so.
   *
   * @throws CaptureError `CANNOT_WRITE` for what was written behind before
   */
  writeBehind(bytes: Uint8Array, done: () => void): void {
    this.#opened().write(bytes, this.#length, (error) => {
      if (error !== null && this.#descriptor !== undefined) {
        this.#failure = this.#refused(error);
        this.abort();
      }
      done();
    });
    this.#length += bytes.length;
  }

  /** Waits until nothing is on its way. @throws CaptureError `CANNOT_WRITE`; the file is aborted then. */
  async settle(): Promise<void> {
    await this.#descriptor?.idle();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Ends the file and gives it its name. Does nothing after `commit` or `abort`.
   *
   * @throws CaptureError `CANNOT_WRITE`; the temporary file is removed then. `INVALID_ARGUMENT` while something is on its
   * way: `settle` comes first.
   */
  commit(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#descriptor === undefined) return;
    if (this.#descriptor.busy) throw new CaptureError("INVALID_ARGUMENT", `${this.path} is still being written to.`);
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

  #opened(): Descriptor {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#descriptor !== undefined) return this.#descriptor;
    throw new CaptureError("INVALID_ARGUMENT", `${this.path} was committed or aborted; nothing can be added to it.`);
  }

  #close(): void {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    descriptor?.close();
  }

  #refused(cause: unknown): CaptureError {
    const name = this.path === "-" ? "standard output" : this.path;
    return new CaptureError("CANNOT_WRITE", `Cannot write ${name}: ${reasonOf(cause)}.`, { cause });
  }
}
