// What a packet of 2 KiB takes beyond its 2 KiB.
import { POOL } from "ndislab";
import { DATA_SIZE } from "../lib/fields.mjs";
import { block, createMachine, dataPool } from "../lib/library.mjs";
import { ObjectPool } from "../lib/pooled-object.mjs";
import { dpdk, typescript } from "../lib/sides.mjs";

const PACKETS = 10_000;

function pool() {
  const { machine, ddi } = createMachine();
  const handle = dataPool(machine);
  const { u32 } = machine.memory;
  const all = Array.from({ length: PACKETS }, () => ddi.NdisAllocateNetBufferMdlAndData(handle));
  const stride = u32[(handle + POOL.offset.SlotSize) >>> 2];
  const end = block(machine, 1 << 20); // behind the pool's last chunk, used or not
  const distances = all.slice(1).map((nb, i) => nb - all[i]);
  return {
    check: () => ({ slots: distances.filter((distance) => distance === stride).length }),
    measure: () => ({ slot: stride - DATA_SIZE, all: (end - Math.min(...all)) / PACKETS - DATA_SIZE }),
  };
}

/** @param {() => unknown} allocate */
const onHeap = (allocate) => () => ({
  measure() {
    const bytes = () => {
      globalThis.gc?.();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const held = new Array(PACKETS).fill(undefined);
    const before = bytes();
    for (let i = 0; i < PACKETS; i++) held[i] = allocate();
    return { all: (bytes() - before) / held.length - DATA_SIZE };
  },
});

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "memory",
  title: "Memory beside the data",
  about:
    "Bytes a packet with 2 KiB of data takes beyond those. In the slot: from one to the next, less 2048. In all: what ten " +
    "thousand of them take together, with what their pool has of its own; for Buffers and objects, what heap and array " +
    "buffers grow by.",
  unit: "bytes a packet, beyond 2048",
  figures: { slot: "in the slot", all: "in all" },
  rounds: { quick: 1, full: 1 },
  sides: {
    ddi: typescript("NET_BUFFER, MDL and data", pool),
    dpdk: dpdk("DPDK mbuf", "memory.c"),
    pooled: typescript("pooled JS object", () => {
      const objects = new ObjectPool();
      return onHeap(() => objects.allocate())();
    }),
    allocUnsafe: typescript(
      "Buffer.allocUnsafe(2048)",
      onHeap(() => Buffer.allocUnsafe(DATA_SIZE)),
    ),
    alloc: typescript(
      "Buffer.alloc(2048)",
      onHeap(() => Buffer.alloc(DATA_SIZE)),
    ),
  },
  check: (side, left) =>
    side !== "ddi" || left.slots > 0.99 * PACKETS ? [] : [`only ${left.slots} slots are as far apart as the pool says`],
  goals: [{ text: "layout beside 2 KiB of data", value: ["ddi", "slot"], atMost: 192, unit: "bytes" }],
};
