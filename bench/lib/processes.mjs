// One side's process: runs to its end, and the line of JSON it prints is its answer.
import { spawnSync } from "node:child_process";

/** @param {string} program @param {string[]} args @param {import("node:child_process").SpawnSyncOptions} [options] */
export function answerOf(program, args, options) {
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, {
    maxBuffer: 1 << 26,
    ...options,
    encoding: "utf8",
  });
  if (status !== 0)
    throw new Error(`${program} ${args.join(" ")} ended with ${error?.message ?? signal ?? status}:\n${stderr}`);
  const lines = stdout.trim().split("\n");
  return JSON.parse(lines[lines.length - 1]);
}

/** @param {string} program @param {string[]} args @returns {string | undefined} what it prints, if it is there */
export function outputOf(program, ...args) {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
