// npm test: vitest, and after everything else one line with the counts.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { prepare } from "./prepare.mjs";
import { ROOT } from "./root.mjs";
import { countLine, NOTHING, readCounts } from "./test-counts.mjs";

const VITEST = join(ROOT, "node_modules", "vitest", "vitest.mjs");

/** @param {string[]} args filters and options for vitest */
export function main(args) {
  process.exitCode = 2;
  let counts = NOTHING;
  if (prepare()) {
    // Its own file for each run: two may go on at the same time.
    const report = join(ROOT, ".cache", `vitest-${process.pid}.json`);
    mkdirSync(join(ROOT, ".cache"), { recursive: true });
    const reporters = args.some((arg) => arg.startsWith("--reporter")) ? ["json"] : ["default", "json"];
    const options = [...reporters.map((name) => `--reporter=${name}`), `--outputFile.json=${report}`];
    const vitest = spawnSync(process.execPath, [VITEST, "run", ...options, ...args], { cwd: ROOT, stdio: "inherit" });
    counts = readCounts(report);
    rmSync(report, { force: true });
    process.exitCode = vitest.status ?? 1;
    if (counts.failed > 0 || counts.passed === 0) process.exitCode ||= 1;
  }
  console.log(countLine(counts));
}
