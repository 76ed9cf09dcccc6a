// One contender in a process of its own: node contender.mjs NAME check | time MILLISECONDS | garbage PAIRS
// Prints one line of JSON.
import { CONTENDERS, result } from "./contenders.mjs";
import { garbageOf } from "./lib/garbage.mjs";
import { timed } from "./lib/timing.mjs";

const [name, job, amount] = process.argv.slice(2);
const loops = CONTENDERS[name].make();

/** @type {Record<string, () => unknown>} */
const JOBS = {
  check: () => loops.slot?.() ?? null,
  time: () => ({ one: timed(loops.one, Number(amount)), random: timed(loops.random, Number(amount)) }),
  garbage: () => garbageOf(loops.one, Number(amount)),
};

console.log(JSON.stringify(await JOBS[job]()));
if (Number.isNaN(result())) throw new Error("the loops computed nothing");
