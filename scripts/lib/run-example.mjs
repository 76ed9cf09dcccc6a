// npm start: the example driver, unmodified C, over a recorded capture.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { prepare } from "./prepare.mjs";
import { ROOT } from "./root.mjs";

const COMMAND = "packages/cli/bin/ndislab.js";
const DRIVER = "examples/vlantag/vlantag.c";
const INPUT = "examples/captures/mixed.pcapng";
const OUTPUT = ".cache/start/tagged.pcapng";

const NEXT = [
  ["the same driver with a mistake in it, and what is found", `npx ndislab run ${DRIVER} -D LEAK --in ${INPUT}`],
  [
    "the smallest whole filter, frames of up to 64 KiB, and the report as JSON",
    "npx ndislab run examples/passthru/passthru.c --in examples/captures/jumbo.pcap --report json",
  ],
  ["the project's own tests", "npm test"],
];

/** @param {string[]} args more options for `ndislab run` */
export function main(args) {
  process.exitCode = 2;
  if (!prepare()) return;
  mkdirSync(dirname(`${ROOT}/${OUTPUT}`), { recursive: true });
  const run = ["run", DRIVER, "--in", INPUT, "--out", OUTPUT, ...args];
  console.error(`Running npx ndislab ${run.join(" ")}\n`);
  const job = spawnSync(process.execPath, [COMMAND, ...run], { cwd: ROOT, stdio: "inherit" });
  // Without a status a signal ended it.
  process.exitCode = job.status ?? 1;
  if (process.exitCode > 1) return;
  console.error("\nTo try next:");
  for (const [what, command] of NEXT) console.error(`  ${command}\n      ${what}`);
}
