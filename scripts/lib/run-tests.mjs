// npm test: vitest, and after everything else one line with the counts.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { COUNTS_FILE } from "./count-reporter.mjs";
import { prepare } from "./prepare.mjs";
import { ROOT } from "./root.mjs";
import { countLine, NOTHING } from "./test-counts.mjs";

const VITEST = join(ROOT, "node_modules", "vitest", "vitest.mjs");
const REPORTER = "./scripts/lib/count-reporter.mjs";

/** @param {string[]} args for vitest @returns {{ status: number, counts: import("./test-counts.mjs").Counts }} */
function runVitest(args) {
  // A file of its own for each run: two may go on at the same time.
  const file = join(ROOT, ".cache", `test-counts-${process.pid}.json`);
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  const reporters = args.some((arg) => arg.startsWith("--reporter")) ? [REPORTER] : ["default", REPORTER];
  const { status } = spawnSync(
    process.execPath,
    [VITEST, "run", ...reporters.map((name) => `--reporter=${name}`), ...args],
    { cwd: ROOT, stdio: "inherit", env: { ...process.env, [COUNTS_FILE]: file } },
  );
  // Without a file vitest did not start; without a status a signal ended it.
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : NOTHING;
  rmSync(file, { force: true });
  return { status: status ?? 1, counts };
}

/** @param {string[]} args filters and options for vitest */
export function main(args) {
  const { status, counts } = prepare() ? runVitest(args) : { status: 2, counts: NOTHING };
  const isGood = status === 0 && counts.failed === 0 && counts.passed > 0;
  process.exitCode = isGood ? 0 : status || 1;
  console.log(countLine(counts));
}
