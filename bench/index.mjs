// npm run bench: the library beside DPDK, C and what else a user would take, and what was wanted of it.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { JOBS, jobNamed } from "./jobs/index.mjs";
import { outcomes } from "./lib/goals.mjs";
import { describeMachine, machineText } from "./lib/machine.mjs";
import { parseOptions, USAGE, UsageError } from "./lib/options.mjs";
import { outputOf } from "./lib/processes.mjs";
import { runJob } from "./lib/run-job.mjs";
import { figureTable, goalTable, plain, ratioTable } from "./lib/tables.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const LIBRARY = new URL("../packages/cli/dist/main.js", import.meta.url);

/** @param {string} text */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

/** @param {string | undefined} path */
function otherNode(path) {
  if (path === undefined) return undefined;
  const version = outputOf(path, "--version");
  if (version === undefined) throw new UsageError(`${path} is no node that runs.`);
  return { path, version: version.replace(/^v/, "") };
}

/** @param {import("./lib/run-job.mjs").JobResult} result */
function print(result) {
  console.log(`\n${result.title} (${result.name})\n`);
  if (result.skipped !== undefined) console.log(`left out: ${result.skipped}`);
  else console.log(plain(figureTable(result)));
  const ratios = ratioTable(result);
  if (ratios !== undefined) console.log(`\n${plain(ratios)}`);
  for (const [title, why] of Object.entries(result.leftOut)) console.log(`${title} is left out: ${why}`);
}

/** @param {object} results @param {string | undefined} name */
function save(results, name) {
  const folder = join(HERE, "results");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name ?? `local-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}`}.json`);
  writeFileSync(file, `${JSON.stringify(results)}\n`);
  console.log(`\nsaved as ${file}`);
}

/** @param {ReturnType<typeof parseOptions>} options */
async function main({ quick, jobs, node, goalsOnly, save: saves, name }) {
  const other = otherNode(node);
  const machine = describeMachine(other?.version);
  console.log(machineText(machine));
  const folder = mkdtempSync(join(tmpdir(), "ndislab-bench-"));
  const cache = join(HERE, "..", ".cache", "bench");
  mkdirSync(cache, { recursive: true });
  const context = { quick, milliseconds: quick ? 8 : 30, node: process.execPath, folder, cache };
  const started = performance.now();
  const date = new Date().toISOString();
  const results = [];
  const goals = [];
  try {
    for (const jobName of jobs) {
      const job = await jobNamed(jobName);
      const result = await runJob(job, context, other, progress);
      progress("");
      if (!goalsOnly) print(result);
      results.push(result);
      goals.push(...outcomes(job, result, machine.node, other?.version));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`\nGoals\n\n${plain(goalTable(goals, machine.node, other?.version))}\n\n${seconds} s`);
  if (saves) save({ date, quick, seconds, machine, jobs: results, goals }, name);
}

try {
  const options = parseOptions(process.argv.slice(2), JOBS);
  if (options.help) console.log(USAGE);
  else if (!existsSync(LIBRARY)) throw new UsageError("The library is not built: run npm run build first.");
  else if (options.list) for (const name of JOBS) console.log(`${name.padEnd(12)}${(await jobNamed(name)).title}`);
  else if (options.document !== undefined) await (await import("./document.mjs")).main(options.document);
  else await main(options);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
