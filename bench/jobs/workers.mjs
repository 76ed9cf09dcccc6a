// Pools that several workers share.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Machine, Ndis, SharedMemory } from "ndislab";
import { differences } from "../lib/differences.mjs";
import { dataPool } from "../lib/library.mjs";
import { typescript } from "../lib/sides.mjs";

const MEMORY_SIZE = 256 << 20;

/**
 * Runs a loop on each of some processors at once: the slowest one's nanoseconds a turn, and what is out in the end.
 * @param {string[]} loops
 * @param {number} milliseconds
 */
async function together(loops, milliseconds) {
  const { processors } = new SharedMemory({ processors: loops.length + 1, memorySize: MEMORY_SIZE });
  const ndis = new Ndis(new Machine({ processor: processors[loops.length] })); // makes the pool, and looks on
  const { machine } = ndis;
  const pool = dataPool(machine);
  const meetings = machine.nonpaged.allocate(64, 0, "system", 64);
  machine.memory.u8.fill(0, meetings, meetings + 64);
  const ring = ndis.createRing(256).address;
  const turns = await Promise.all(
    loops.map(
      (loop, i) =>
        /** @type {Promise<number>} */ (
          new Promise((resolve, reject) => {
            const workerData = {
              processor: processors[i],
              workers: loops.length,
              loop,
              pool,
              ring,
              meetings,
              milliseconds,
            };
            const worker = new Worker(new URL("../lib/processor.mjs", import.meta.url), { workerData });
            worker.once("message", resolve);
            worker.once("error", reject);
          })
        ),
    ),
  );
  return { turn: Math.max(...turns), left: machine.pools.live(pool), made: machine.pools.peak(pool) };
}

/** @param {number} count @returns {import("../lib/types.mjs").Worker} */
const pairs = (count) => ({
  async check() {
    const { left } = await together(new Array(count).fill("batch"), 25);
    return { left };
  },
  async measure({ quick }) {
    const milliseconds = quick ? 25 : 100;
    const { turn: pair } = await together(new Array(count).fill("pair"), milliseconds);
    const { turn: batch } = await together(new Array(count).fill("batch"), milliseconds);
    return { pair, batch };
  },
});

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "workers",
  title: "Pools shared by workers",
  about:
    "The pair by two workers at once, each with its free slots of a pool in one shared memory, beside the pair by one. " +
    "`256` has 256 out: as many as a worker keeps. `handed over`: one " +
    "allocates, the other frees, a ring in between; each waits for the other.",
  limits:
    "The two share no cache line and take no lock while each frees what it allocates, so what is over 1 is the " +
    "machine's: two workers need two processors, and this one's have neighbours. In another run of the same code " +
    "it was 1.05 (0.89–1.48).",
  unit: "ns a packet",
  figures: { pair: "one by one", batch: "256, last first", handed: "handed over" },
  reference: "one",
  skip: () => (availableParallelism() < 2 ? "there is one processor" : undefined),
  sides: {
    one: typescript("one worker", () => pairs(1)),
    two: typescript("two workers at once", () => pairs(2)),
    pipe: typescript("from one worker to another", () => ({
      async check() {
        const { left, made } = await together(["send", "receive"], 25);
        return { left, bounded: made < 256 + 8 * 256 };
      },
      async measure({ quick }) {
        const { turn: handed } = await together(["send", "receive"], quick ? 25 : 100);
        return { handed };
      },
    })),
  },
  check: (side, left) => differences(left, side === "pipe" ? { left: 0, bounded: true } : { left: 0 }),
  goals: [{ text: "pair by two workers / by one", value: ["two", "pair"], per: [["one", "pair"]], atMost: 1.2 }],
};
