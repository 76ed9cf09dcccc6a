// npm start: the example driver, unmodified C, over a recorded capture.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { prepare } from "./prepare.mjs";
import { ROOT } from "./root.mjs";

const COMMAND = "packages/cli/bin/ndislab.js";
const DRIVER = "examples/passthru/passthru.c";
const INPUT = "examples/captures/mixed.pcapng";
const OUTPUT = ".cache/start/out.pcapng";

const TAGGER = "examples/vlantag/vlantag.c";

const NEXT = [
  [
    "a driver that puts every untagged frame into a VLAN",
    `npx ndislab run ${TAGGER} --in ${INPUT} --out .cache/start/tagged.pcapng`,
  ],
  ["the same driver with a mistake in it, and what is found", `npx ndislab run ${TAGGER} -D LEAK --in ${INPUT}`],
  [
    "frames of up to 64 KiB, and the report as JSON",
    `npx ndislab run ${DRIVER} --in examples/captures/jumbo.pcap --report json`,
  ],
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
