// One step on the way to the job: a line when it begins, and the tool's own output only if it fails.
import { spawnSync } from "node:child_process";

/**
 * Runs a program to its end. Progress goes to standard error, which leaves standard output to the job.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, shell?: boolean }} options
 * @returns {boolean} whether it ended with status 0
 */
export function step(title, command, args, options) {
  console.error(`${title} …`);
  const done = spawnSync(command, args, {
    ...options,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (done.status === 0) return true;
  console.error(`${done.stdout ?? ""}${done.stderr ?? ""}${done.error?.message ?? ""}\n${title}: failed`);
  return false;
}
