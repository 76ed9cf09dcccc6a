// One processor of the job `workers`, in a worker: says what a turn of its loop takes while the others run theirs.
import { parentPort, workerData } from "node:worker_threads";
import { createDdi, Machine, Ndis } from "ndislab";
import { sink } from "./sink.mjs";

const { processor, workers, loop, pool, ring, meetings, milliseconds } = workerData;
const ndis = new Ndis(new Machine({ processor }));
const { machine } = ndis;
const ddi = createDdi(machine);
const { i32 } = machine.memory;
const packets = ring === 0 ? undefined : ndis.ringAt(ring);

/** Waits until all workers have come here. @param {number} place */
function meet(place) {
  const at = (meetings >>> 2) + place;
  Atomics.add(i32, at, 1);
  while (Atomics.load(i32, at) < workers);
}

/** @type {Record<string, (count: number) => void>} */
const LOOPS = {
  pair(count) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const nb = ddi.NdisAllocateNetBufferMdlAndData(pool);
      sum ^= nb;
      ddi.NdisFreeNetBuffer(nb);
    }
    sink.value ^= sum;
  },
  batch(count) {
    const held = new Array(256);
    for (let done = 0; done < count; done += 256) {
      for (let i = 0; i < 256; i++) held[i] = ddi.NdisAllocateNetBufferMdlAndData(pool);
      for (let i = 255; i >= 0; i--) ddi.NdisFreeNetBuffer(held[i]);
    }
  },
  send(count) {
    for (let i = 0; i < count; i++) {
      const nb = ddi.NdisAllocateNetBufferMdlAndData(pool);
      while (!packets?.put(nb));
    }
  },
  receive(count) {
    for (let i = 0; i < count; i++) {
      let nb = 0;
      while (nb === 0) nb = packets?.take() ?? 0;
      ddi.NdisFreeNetBuffer(nb);
    }
  },
};

const run = LOOPS[loop];
const SLICES = 20;
const COUNT = 1 << 15;
for (let i = 0; i < SLICES; i++) run(COUNT);
meet(0);
/** @type {number[]} */
const slices = [];
for (let i = 0; i < SLICES * (milliseconds / 25); i++) {
  const start = performance.now();
  run(COUNT);
  slices.push(((performance.now() - start) * 1e6) / COUNT);
}
meet(1);
slices.sort((a, b) => a - b);
parentPort?.postMessage(slices[Math.floor(slices.length / 2)]);
