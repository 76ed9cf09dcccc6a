// Runs one side in a process of its own and reads the line of JSON it prints.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const CONTENDER = fileURLToPath(new URL("../contender.mjs", import.meta.url));

/** @param {string} program @param {string[]} args */
export function run(program, args) {
  const { status, signal, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${signal ?? status}:\n${stderr}`);
  return JSON.parse(stdout);
}

/** @param {string} name @param {string[]} job */
export const runContender = (name, ...job) => run(process.execPath, ["--expose-gc", CONTENDER, name, ...job]);
