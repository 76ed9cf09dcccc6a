// 32 packets at once.
import { differences } from "../lib/differences.mjs";
import { DATA_SIZE } from "../lib/fields.mjs";
import { block, createMachine, createNdis, dataPool } from "../lib/library.mjs";
import { cTwins, dpdk, typescript } from "../lib/sides.mjs";
import { inSteps } from "../lib/timing.mjs";

const BULK = 32;

/**
 * @param {ArrayLike<unknown>} held
 * @param {() => void} allocate fills it
 * @param {() => void} free
 * @param {() => number} live
 */
const sideOf = (held, allocate, free, live) => ({
  loops: {
    bulk: inSteps(BULK, (count) => {
      for (let done = 0; done < count; done += BULK) {
        allocate();
        free();
      }
    }),
  },
  check() {
    allocate();
    const left = { out: live(), different: new Set(Array.from(held)).size };
    free();
    return { ...left, left: live() };
  },
});

function singles() {
  const { machine, ddi } = createMachine();
  const pool = dataPool(machine);
  const held = new Uint32Array(BULK);
  return sideOf(
    held,
    () => {
      for (let i = 0; i < BULK; i++) held[i] = ddi.NdisAllocateNetBufferMdlAndData(pool);
    },
    () => {
      for (let i = 0; i < BULK; i++) ddi.NdisFreeNetBuffer(held[i]);
    },
    () => machine.pools.live(pool),
  );
}

function objectsAtOnce() {
  const pool = createNdis().createNetBufferPool({ dataSize: DATA_SIZE });
  /** @type {import("ndislab").NetBuffer[]} */
  const held = new Array(BULK);
  return sideOf(
    held,
    () => pool.allocateMany(held, BULK),
    () => pool.freeMany(held, BULK),
    () => pool.live,
  );
}

function addressesAtOnce() {
  const { machine } = createMachine();
  const pool = dataPool(machine);
  const addresses = block(machine, 4 * (BULK + 1));
  const held = machine.memory.u32.subarray(addresses >>> 2, (addresses >>> 2) + BULK);
  return sideOf(
    held,
    () => machine.netBuffers.allocateMany(pool, addresses, BULK),
    () => machine.netBuffers.freeMany(pool, addresses, BULK),
    () => machine.pools.live(pool),
  );
}

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "bulk",
  title: "Allocate and free 32 packets at once",
  about:
    "The pair for 32 packets in one call: of the object face's pool, and of the pools behind it, which give addresses. " +
    "DPDK: rte_pktmbuf_alloc_bulk and rte_pktmbuf_free_bulk.",
  limits:
    "By addresses a packet takes 64 instructions here and 64 in DPDK (both stepped through with gdb): 41 of native " +
    "code take a NET_BUFFER off the list and write it, 19 put it back. But it writes 96 bytes of the NET_BUFFER and " +
    "32 of the MDL, in three cache lines, and DPDK the members of an mbuf in two. The object face runs 150: some 45 " +
    "find the object of an address and store it (`--print-opt-code`), some 40 look at it and write its address down " +
    "for the way back. While V8 marks, they are 250, since each object that is stored in the caller's array goes " +
    "through its write barrier, 17 % of the samples of a profile; the 256 MiB of the machine let it begin with " +
    "that, and a loop that allocates nothing never lets it end. Tried: four objects in a turn of the loop, up to 6 " +
    "% by the run, for three times the lines; no call that asks for the block of addresses, nothing.",
  unit: "ns a packet",
  figures: { bulk: "32 at once" },
  reference: "bulk",
  sides: {
    bulk: typescript("object face, at once", objectsAtOnce),
    addresses: typescript("addresses, at once", addressesAtOnce),
    singles: typescript("DDI face, 32 single calls", singles),
    dpdk: dpdk("DPDK bulk, -O2", "bulk.c"),
    ...cTwins("bulk.c"),
  },
  check: (_side, left) => differences({ out: BULK, different: BULK, left: 0 }, left),
  goals: [
    { text: "bulk of 32, objects / DPDK bulk", value: ["bulk", "bulk"], per: [["dpdk", "bulk"]], atMost: 1 },
    { text: "bulk of 32, addresses / DPDK bulk", value: ["addresses", "bulk"], per: [["dpdk", "bulk"]], atMost: 1 },
  ],
};
