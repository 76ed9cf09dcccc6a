// One TypeScript side in a process of its own, since what the compiler learns from one must tell it nothing of another:
//
//   node side.mjs JOB SIDE check                          what its work leaves
//   node side.mjs JOB SIDE measure MILLISECONDS [quick]   its figures
//
// Prints one line of JSON.
import { jobNamed } from "./jobs/index.mjs";
import { timed } from "./lib/timing.mjs";

const [jobName, sideName, verb, milliseconds, quick] = process.argv.slice(2);
const { sides } = await jobNamed(jobName);
const { make } = sides[sideName];
if (make === undefined) throw new Error(`${jobName} has no ${sideName} in TypeScript`);

/** @param {import("./lib/types.mjs").Worker} side @returns {Promise<unknown>} */
async function answerOf(side) {
  if (verb === "check") return (await side.check?.()) ?? null;
  if (side.measure !== undefined) return side.measure({ quick: quick !== undefined });
  return Object.fromEntries(
    Object.entries(side.loops ?? {}).map(([figure, loop]) => [
      figure,
      timed(loop, Number(milliseconds), side.makesGarbage),
    ]),
  );
}

console.log(JSON.stringify(await answerOf(await make())));
process.exit(0);
