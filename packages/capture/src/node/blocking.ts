import { readSync, writeSync } from "node:fs";

const PAUSE_MS = 5;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** The code of an error of the system: "ENOENT" … */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const reasons: ReadonlyMap<string | undefined, string> = new Map([
  ["ENOENT", "no such file or directory"],
  ["EACCES", "permission denied"],
  ["EPERM", "not permitted"],
  ["EISDIR", "it is a directory"],
  ["ENOTDIR", "part of the path is not a directory"],
  ["ENOSPC", "no space left on the device"],
  ["EROFS", "the file system is read-only"],
  ["EPIPE", "the program that reads it has ended"],
  ["EMFILE", "too many files are open"],
]);

/** Why the system refused, in words. */
export function reasonOf(error: unknown): string {
  return reasons.get(systemCode(error)) ?? (error instanceof Error ? error.message : String(error));
}

/** Reads what there is, up to the length of `bytes`; waits on a pipe that has nothing yet. Returns 0 at the end. */
export function readSome(descriptor: number, bytes: Uint8Array): number {
  return retry(() => readSync(descriptor, bytes, 0, bytes.length, null)) ?? 0;
}

/** Writes all of `bytes`, from `position` on or, null, behind what was written; waits on a pipe that is full. */
export function writeAll(descriptor: number, bytes: Uint8Array, position: number | null): void {
  let done = 0;
  while (done < bytes.length) {
    const at = position === null ? null : position + done;
    done += retry(() => writeSync(descriptor, bytes, done, bytes.length - done, at)) ?? 0;
  }
}

/**
 * Calls until the descriptor is ready. Undefined at the end of the input, which Windows reports as an error for pipes.
 */
function retry(call: () => number): number | undefined {
  for (;;) {
    try {
      return call();
    } catch (error) {
      const code = systemCode(error);
      if (code === "EOF") return undefined;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(pause, 0, 0, PAUSE_MS);
    }
  }
}
