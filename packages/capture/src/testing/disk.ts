import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

type Done = (error: Error | null, length: number) => void;
type Call = (
  descriptor: number,
  bytes: Uint8Array,
  at: number,
  length: number,
  position: number | null,
  done: Done,
) => void;

/**
 * A disk that does what a test says. `read` and `write` of node:fs, the ones that call back, wait for it from `using` on.
 */
export class Disk implements Disposable {
  /** Calls that wait for `go`, the oldest first; their numbers of bytes. */
  readonly waiting: { readonly length: number; readonly go: () => void }[] = [];
  /** Whether calls wait. */
  holds = false;
  /** The most that one call reads or writes. */
  most: number = Number.POSITIVE_INFINITY;
  /** Calls that go well before all others fail, and the code that they fail by. */
  good: number = Number.POSITIVE_INFINITY;
  code = "EIO";
  /** Calls that went and have not come back. */
  #under = 0;
  readonly #read = fs.read;
  readonly #write = fs.write;

  constructor() {
    fs.read = this.#instead(this.#read as Call) as typeof fs.read;
    fs.write = this.#instead(this.#write as Call) as typeof fs.write;
    syncBuiltinESMExports();
  }

  /** Waits until all that went has come back. */
  async idle(): Promise<void> {
    while (this.#under > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  [Symbol.dispose](): void {
    fs.read = this.#read;
    fs.write = this.#write;
    syncBuiltinESMExports();
    for (const { go } of this.waiting.splice(0)) go();
  }

  #instead(call: Call): Call {
    return (descriptor, bytes, at, length, position, whenDone) => {
      const done: Done = (error, count) => {
        this.#under--;
        whenDone(error, count);
      };
      const go = (): void => {
        this.#under++;
        if (this.good-- > 0) call(descriptor, bytes, at, Math.min(length, this.most), position, done);
        else setImmediate(done, Object.assign(new Error(`${this.code}: as the test says`), { code: this.code }), 0);
      };
      if (this.holds) this.waiting.push({ length, go });
      else go();
    };
  }
}
