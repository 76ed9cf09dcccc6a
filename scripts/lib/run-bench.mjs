// npm run bench: the benchmarks.
import { spawnSync } from "node:child_process";
import { prepare } from "./prepare.mjs";
import { ROOT } from "./root.mjs";

const BENCH = "bench/index.mjs";

/** @param {string[]} args for the benchmarks */
export function main(args) {
  process.exitCode = 2;
  if (!prepare()) return;
  process.exitCode = spawnSync(process.execPath, [BENCH, ...args], { cwd: ROOT, stdio: "inherit" }).status ?? 1;
}
