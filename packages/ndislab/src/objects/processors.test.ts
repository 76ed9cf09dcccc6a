import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { createDdi } from "../ddi/index.js";
import { Machine } from "../ddi/machine.js";
import { POOL } from "../layout/pool.js";
import { type Processor, SharedMemory } from "../memory/shared-memory.js";
import { poolTag } from "../memory/tag.js";
import { Ndis } from "./ndis.js";

const TAG = poolTag("Test");
const STEPS = 400_000;
const MEMORY = 256 << 20;

/** What a worker says at its end. */
interface Outcome {
  readonly made: number;
  readonly freed: number;
  readonly blocks: number;
  readonly mdls: number;
}

/** Works as a processor until it has ended. */
function work(processor: Processor, seed: number, rest: object): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("../testing/processor-worker.mjs", import.meta.url), {
      workerData: { processor, seed, steps: STEPS, ...rest },
    });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** The addresses of every slot of a pool that is not out: on all processors' lists and in the depot. */
function freeSlots(machine: Machine, pool: number, processors: number): number[] {
  const { u32 } = machine.memory;
  const read = (header: number, name: keyof typeof POOL.offset): number => u32[(header + POOL.offset[name]) >>> 2];
  const distance = machine.pools.ownHeader / machine.memory.processor.number;
  const found: number[] = [];
  const walk = (list: number): void => {
    for (let slot = list; slot !== 0; slot = u32[(slot + read(pool, "Link")) >>> 2]) found.push(slot);
  };
  for (let number = 0; number < processors; number++) walk(read(pool + number * distance, "FreeList"));
  for (let cell = 0; cell < 64; cell++) walk(u32[(read(pool, "Depot") >>> 2) + 2 * cell]);
  return found;
}

it("as many workers as processors exchange all that pools give, and every slot is there at the end", async () => {
  const count = Math.max(2, availableParallelism());
  const { processors } = new SharedMemory({ processors: count + 1, memorySize: MEMORY });
  const machine = new Machine({ processor: processors[count] }); // which looks on
  const ndis = new Ndis(machine);
  const ddi = createDdi(machine);
  const { u32, scratch } = machine.memory;
  ddi.NdisAllocatePacketPool(scratch, scratch + 4, 65535, 16);
  const pools = {
    data: machine.netBuffers.create(TAG, 256),
    lists: machine.netBufferLists.create({ tag: TAG, allocateNetBuffer: true }),
    packets: u32[(scratch + 4) >>> 2],
  };
  const counters = machine.nonpaged.allocate(64, TAG, "driver");
  machine.memory.u8.fill(0, counters, counters + 64);
  const lock = machine.nonpaged.allocate(8, TAG, "driver");
  ddi.NdisAllocateSpinLock(lock);
  const rings = processors.slice(0, count).map(() => Array.from({ length: count }, () => ndis.createRing(256).address));

  const seed = Number(process.env.NDISLAB_SEED ?? Date.now()) | 1;
  // The workers are processors 0 and up; the last one, which made the pools, waits.
  const outcomes = await Promise.all(
    processors.slice(0, count).map((processor, i) =>
      work({ ...processor, count: count + 1 }, (seed + 7919 * i) | 1, {
        pools,
        lock,
        counters,
        rings,
        workers: count,
      }),
    ),
  );

  const total = (of: (outcome: Outcome) => number): number => outcomes.reduce((sum, outcome) => sum + of(outcome), 0);
  expect(
    total(({ made }) => made),
    `seed ${seed}`,
  ).toBe(total(({ freed }) => freed));
  expect(total(({ made }) => made)).toBeGreaterThan(2 * count * STEPS);
  expect(total(({ blocks }) => blocks)).toBe(0);
  expect(total(({ mdls }) => mdls)).toBe(0);
  // What they counted under the lock, and without one.
  expect(u32[counters >>> 2]).toBe(u32[(counters + 4) >>> 2]);
  expect(u32[counters >>> 2]).toBeGreaterThan(count * STEPS);
  for (const [name, pool] of Object.entries(pools)) {
    expect(machine.pools.live(pool), name).toBe(0);
    const free = freeSlots(machine, pool, count + 1);
    expect(new Set(free).size, name).toBe(free.length);
    expect(free.length, name).toBe(machine.pools.peak(pool));
  }
  expect(machine.derivedMdls.live).toBe(0);
});

it("examples/processors hands every packet over, and the pool stays small", () => {
  const program = fileURLToPath(new URL("../../../../examples/processors/pipeline.mjs", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [program, "20000"], { encoding: "utf8" });
  expect(stderr).toBe("");
  const bytes = 20_000 * 60 + 20 * 499_500;
  expect(stdout).toContain(`20000 packets, ${bytes} bytes, sum of first bytes 2546416`);
  const [, made, out] = /slots made: (\d+), still out: (\d+)/.exec(stdout) as RegExpExecArray;
  expect(Number(made)).toBeLessThan(1024 + 3 * 512);
  expect(out).toBe("0");
});
