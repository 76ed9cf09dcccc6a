// Whole commands, as a user waits for them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { outputOf } from "./processes.mjs";

export const NDISLAB = fileURLToPath(new URL("../../packages/cli/bin/ndislab.js", import.meta.url));

/** An example driver's source. @param {string} name */
export const example = (name) => fileURLToPath(new URL(`../../examples/${name}/${name}.c`, import.meta.url));

/** What a command cannot be timed without. @returns {string | undefined} */
export const noClock = () =>
  outputOf("bash", "-c", "TIMEFORMAT=%R; time :") === undefined ? "there is no bash here, whose time tells" : undefined;

/** @param {string} program @returns {string | undefined} */
export const lacking = (program) =>
  outputOf("bash", "-c", `command -v ${program}`) === undefined ? `there is no ${program} here` : undefined;

/**
 * Runs a command to its end.
 * @param {string[]} command
 * @param {Record<string, string>} [environment]
 * @returns {{ wall: number, cpu: number, output: string }} seconds, and what it printed
 */
export function timeCommand(command, environment = {}) {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", 'TIMEFORMAT="%R %U %S"; time "$0" "$@"', ...command], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C", ...environment },
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}:\n${stderr}`);
  const lines = stderr.trim().split("\n");
  const [wall, user, system] = lines[lines.length - 1].split(" ").map(Number);
  return { wall, cpu: user + system, output: stdout };
}
