import { close, closeSync, fstatSync, read, write } from "node:fs";

const STANDARD_OUTPUT = 1;

/**
 * An open file, and what is on its way from and to it in the threads of libuv.
 *
 * It is closed when the last of that is back: before, another file could get its number, and the bytes that were meant
 * for this one. Standard input and output stay open.
 */
export class Descriptor {
  /** Calls that have not come back, and who waits for the last of them. */
  #onTheWay = 0;
  #idle: (() => void) | undefined;
  #closed = false;

  constructor(readonly number: number) {}

  /** True once `close` was called: nothing may be sent on its way then. */
  get closed(): boolean {
    return this.#closed;
  }

  /** True while something is on its way. */
  get busy(): boolean {
    return this.#onTheWay > 0;
  }

  /** Waits until nothing is on its way. */
  async idle(): Promise<void> {
    if (this.#onTheWay > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
  }

  /** True when it is on a disk, where no call waits for another program. */
  get isFile(): boolean {
    return fstatSync(this.number).isFile();
  }

  /** Reads on into `bytes`, borrowed until then: how many there were, or why it could not be. */
  read(bytes: Uint8Array): Promise<number | Error> {
    this.#onTheWay++;
    return new Promise((resolve) => {
      read(this.number, bytes, 0, bytes.length, null, (error, length) => {
        this.#back();
        resolve(error ?? length);
      });
    });
  }

  /**
   * Writes all of `bytes` from `position` of the file on.
   *
   * @param done takes the bytes back, and why they could not be written
   */
  write(bytes: Uint8Array, position: number, done: (error: Error | null) => void): void {
    this.#onTheWay++;
    write(this.number, bytes, 0, bytes.length, position, (error, written) => {
      if (error === null && written < bytes.length && !this.#closed)
        this.write(bytes.subarray(written), position + written, done);
      else done(error);
      this.#back();
    });
  }

  /** Closes it, at once or when the last of what is on its way is back. Closing again does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#onTheWay === 0 && !this.#isStandard) closeSync(this.number);
  }

  #back(): void {
    this.#onTheWay--;
    if (this.#onTheWay > 0) return;
    this.#idle?.();
    if (this.#closed && !this.#isStandard) close(this.number, () => undefined);
  }

  get #isStandard(): boolean {
    return this.number <= STANDARD_OUTPUT;
  }
}
