// A result as a page: docs/performance.md.
import { machineText } from "./machine.mjs";
import { figureTable, goalTable, markdown, ratioTable } from "./tables.mjs";

/**
 * What a run leaves.
 * @typedef {object} Result
 * @property {string} date
 * @property {boolean} quick
 * @property {number} seconds
 * @property {ReturnType<typeof import("./machine.mjs").describeMachine>} machine
 * @property {import("./run-job.mjs").JobResult[]} jobs
 * @property {import("./goals.mjs").Outcome[]} goals
 */

const METHOD = `Every side runs in a process of its own, so that the compiler's knowledge of one tells it nothing of another, and all
sides take turns in each round, so that a slow moment of the machine meets all of them. A round's figure of a loop is the
fastest of twenty slices, after as long a time that warms up; a loop that makes garbage is timed in four long slices, so that
collections are in them. The tables have the median over the rounds, and in brackets the middle half of them. Ratios, and the
goals that are ratios, are taken within each round. Before anything is timed, each side shows that it did the same work:
fields, sums, hashes of the bytes.

In C and DPDK, what is allocated counts as used before it is freed, so that the compiler makes no single step of both; all
functions are inlined otherwise. C has the same 32-bit layouts, checks, counters and stores as the TypeScript. DPDK runs
without huge pages, with its pool packed and the largest cache that it knows. TypeScript is the shipped build.`;

/** @param {import("./run-job.mjs").JobResult} job */
function section(job) {
  const { title, about, limits, skipped, leftOut } = job;
  const ratios = ratioTable(job);
  const parts = [`## ${title}`, about];
  if (skipped !== undefined) parts.push(`Not measured: ${skipped}.`);
  else parts.push(markdown(figureTable(job)));
  if (ratios !== undefined) parts.push(markdown(ratios));
  if (limits !== undefined) parts.push(`**What stands in the way.** ${limits}`);
  const missing = Object.entries(leftOut).map(([side, why]) => `${side}: ${why}.`);
  if (missing.length > 0) parts.push(`Left out. ${missing.join(" ")}`);
  return parts.join("\n\n");
}

/** @param {import("./goals.mjs").Outcome[]} goals @param {string | undefined} other */
function summary(goals, other) {
  const count = (/** @type {(goal: import("./goals.mjs").Outcome) => boolean | undefined} */ of) =>
    goals.filter(of).length;
  const met = count(({ measured }) => measured?.met);
  const missed = count(({ measured }) => measured !== undefined && !measured.met);
  const without = goals.length - met - missed;
  const byOther =
    other === undefined ? "" : ` Node ${other} meets ${count((goal) => goal.other?.met)} of those it was measured for.`;
  return `Goals: ${goals.length}, of which met: ${met}, not met: ${missed}, not measured: ${without}.${byOther}`;
}

/** @param {Result} result @param {string} name of the saved result */
export function documentOf({ date, quick, seconds, machine, jobs, goals }, name) {
  const node = machine.other === undefined ? "" : " --node PATH";
  return `${[
    "# Performance",
    `The library beside DPDK, plain C, the C library's malloc, Node's Buffers and what npm has, in one run. This page is written from such a run:`,
    `\`\`\`sh\nnpm run bench --${quick ? " --quick" : ""}${node} --name ${name}\nnpm run bench -- --document bench/results/${name}.json\n\`\`\``,
    `\`\`\`\n${machineText(machine)}\n${date.slice(0, 10)}, ${seconds} s${quick ? ", a quick run: few and short rounds, a tenth of the packets or a fifth of the frames" : ""}\n\`\`\``,
    "`npm run bench -- --quick` is a first look. What is not installed is left out, with a line that says so: DPDK is Debian's libdpdk-dev, " +
      "tcprewrite is in tcpreplay, editcap in wireshark-common. Another Node to measure beside the one that runs: " +
      "`npm install --no-save node@24` in an empty folder, then `--node …/node_modules/node/bin/node`.",
    "## Goals",
    summary(goals, machine.other),
    markdown(goalTable(goals, machine.node, machine.other)),
    "## How it is measured",
    METHOD,
    ...jobs.map(section),
  ].join("\n\n")}\n`;
}
