import { readdirSync, readFileSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { FileSource } from "../file-source.js";

/** The files on disk; relative paths start at `cwd`. What cannot be read counts as absent. */
export function diskFiles(cwd: string = process.cwd()): FileSource {
  return {
    resolve: (path) => resolve(cwd, path).split(sep).join("/"),
    list: (directory) => orUndefined(() => readdirSync(`${directory}/`)), // "C:" alone is not a drive's root
    read: (file) => orUndefined(() => readFileSync(file)),
  };
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
