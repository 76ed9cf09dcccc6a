// npm run bench: NET_BUFFER with MDL and 2 KiB of data, allocated and freed, beside C and beside Node's buffers.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compileC } from "./lib/c-program.mjs";
import { run, runContender } from "./lib/processes.mjs";
import { grouped, table } from "./lib/table.mjs";
import { median, spread } from "./lib/timing.mjs";

const USAGE = `usage: npm run bench -- [--quick] [--save]

  --quick   3 short rounds instead of 11, for a first look
  --save    also writes bench/results/local-TIME.json
`;

/**
 * @typedef {{ one: number, random: number }} Times nanoseconds a pair
 * @typedef {{ title: string, time: (milliseconds: number) => Times, check: () => unknown, rounds: Times[] }} Side
 */

/** @param {{ called: string, inlined: string } | undefined} c @returns {Promise<Map<string, Side>>} */
async function sidesOf(c) {
  const { CONTENDERS } = await import("./contenders.mjs");
  /** @type {Map<string, Side>} */
  const sides = new Map();
  const add = (/** @type {string} */ name, /** @type {string} */ title, /** @type {(...job: string[]) => any} */ job) =>
    sides.set(name, { title, check: () => job("check"), time: (ms) => job("time", String(ms)), rounds: [] });
  if (c !== undefined) {
    add("c", "C, -O2, as functions", (...job) => run(c.called, job));
    add("cInlined", "C, -O2, inlined", (...job) => run(c.inlined, job));
  }
  for (const [name, { title }] of Object.entries(CONTENDERS)) add(name, title, (...job) => runContender(name, ...job));
  return sides;
}

/** Every side that allocates NET_BUFFERs writes all members of a slot that was dirty. @param {Map<string, Side>} sides */
async function checkWork(sides) {
  const { unwritten } = await import("./lib/fields.mjs");
  for (const { title, check } of sides.values()) {
    const slot = check();
    if (slot === null) continue;
    const wrong = unwritten(slot);
    if (wrong.length > 0)
      throw new Error(`${title} does not do the same work; it leaves ${wrong.join(", ")} unwritten`);
  }
}

/** One side after the other in each round, so that a slow moment of the machine meets all of them. */
function measure(sides, rounds, milliseconds) {
  const all = [...sides.values()];
  for (let round = 0; round < rounds; round++) {
    if (process.stderr.isTTY) process.stderr.write(`\rround ${round + 1} of ${rounds}`);
    for (let i = 0; i < all.length; i++) {
      const side = all[(i + round) % all.length];
      side.rounds.push(side.time(milliseconds));
    }
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
}

/** How much longer one side takes than another: the median of the rounds' ratios, where both met the same machine. */
const ratio = (side, other, loop) => median(side.rounds.map((times, round) => times[loop] / other.rounds[round][loop]));

function timeTable(sides) {
  const peers = ["c", "ddi"].filter((name) => sides.has(name));
  const heads = peers.map((name) => (name === "c" ? "× C" : "× DDI"));
  const cells = (side, loop) => {
    const { median: middle, low, high } = spread(side.rounds.map((times) => times[loop]));
    const ratios = peers.map((name) => ratio(side, sides.get(name), loop).toFixed(2));
    return [middle.toFixed(1), `${low.toFixed(1)}–${high.toFixed(1)}`, ...ratios];
  };
  return table(
    ["ns a pair, median (middle half)", "one by one", "", ...heads, "256, random order", "", ...heads],
    [...sides.values()].map((side) => [side.title, ...cells(side, "one"), ...cells(side, "random")]),
  );
}

const GARBAGE = ["ddi", "verifier", "objects", "allocUnsafe"];

function garbageTable(garbage, sides) {
  return table(
    ["garbage", "pairs", "collections", "ms in them", "bytes a packet"],
    Object.entries(garbage).map(([name, { pairs, collections, milliseconds, bytesPerPacket }]) => [
      sides.get(name).title,
      grouped(pairs),
      String(collections),
      milliseconds.toFixed(0),
      bytesPerPacket.toFixed(1),
    ]),
  );
}

function save(results) {
  const folder = new URL("results/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const file = new URL(`local-${new Date().toISOString().slice(0, 19).replace(/[:]/g, "")}.json`, folder);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nsaved as ${fileURLToPath(file)}`);
}

async function main(options) {
  const c = compileC();
  const machine = `${cpus()[0]?.model ?? "unknown processor"}, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
  console.log(`${machine}\n${c.about}\n`);
  try {
    const sides = await sidesOf(c.programs);
    await checkWork(sides);
    measure(sides, options.quick ? 3 : 11, options.quick ? 30 : 60);
    console.log(`${timeTable(sides)}\n`);
    const pairs = options.quick ? 1_000_000 : 10_000_000;
    const garbage = Object.fromEntries(GARBAGE.map((name) => [name, runContender(name, "garbage", String(pairs))]));
    console.log(garbageTable(garbage, sides));
    const rounds = Object.fromEntries([...sides].map(([name, side]) => [name, side.rounds]));
    if (options.save) save({ machine, c: c.about, rounds, garbage });
  } finally {
    c.programs?.remove();
  }
}

/** Says what is wrong and ends with status 2. @param {string} sentence */
function refuse(sentence) {
  process.stderr.write(sentence);
  process.exitCode = 2;
}

let options;
try {
  options = parseArgs({
    options: { quick: { type: "boolean" }, save: { type: "boolean" }, help: { type: "boolean" } },
  }).values;
} catch (error) {
  refuse(`${/** @type {Error} */ (error).message}\n${USAGE}`);
}
if (options?.help) console.log(USAGE);
else if (options !== undefined) {
  if (existsSync(new URL("../packages/ndislab/dist/index.js", import.meta.url))) await main(options);
  else refuse("The library is not built: run npm run build first.\n");
}
