// A second packet over the same bytes: NdisAllocateCloneNetBufferList and NdisFreeCloneNetBufferList.
import { differences } from "../lib/differences.mjs";
import { chainOf, createMachine, listPool } from "../lib/library.mjs";
import { MOST_HELD, PAIR_FIGURES, pairLoops } from "../lib/pairs.mjs";
import { cTwins, dpdk, needs, typescript } from "../lib/sides.mjs";

const SIZES = [500, 500, 500];
const OFFSET = 14;
const LENGTH = 1486;

/** Those of the pair's loops that are done here. */
const { one, random32, random256 } = PAIR_FIGURES;
const figures = { one, random32, random256 };

/** @param {Record<string, import("../lib/timing.mjs").Loop>} loops */
const chosen = ({ one, random32, random256 }) => ({ one, random32, random256 });

/** @param {boolean} verified */
function ddi(verified) {
  const { machine, ddi } = createMachine({ verified });
  const pool = listPool(machine);
  const chain = chainOf(machine, SIZES);
  const original = ddi.NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, chain, OFFSET, LENGTH);
  const allocate = () => ddi.NdisAllocateCloneNetBufferList(original, pool, 0, 0);
  const free = (/** @type {number} */ nbl) => ddi.NdisFreeCloneNetBufferList(nbl, 0);
  return {
    loops: chosen(pairLoops(allocate, free, (nbl) => nbl, new Uint32Array(MOST_HELD))),
    check() {
      const clone = allocate();
      const nb = ddi.NET_BUFFER_LIST_FIRST_NB(clone);
      const pieces = [];
      let source = chain;
      for (let mdl = ddi.NET_BUFFER_CURRENT_MDL(nb); mdl !== 0; mdl = ddi.NDIS_MDL_LINKAGE(mdl)) {
        const from = ddi.MmGetSystemAddressForMdlSafe(source, 16);
        pieces.push([ddi.MmGetSystemAddressForMdlSafe(mdl, 16) - from, ddi.MmGetMdlByteCount(mdl)]);
        source = ddi.NDIS_MDL_LINKAGE(source);
      }
      const length = ddi.NET_BUFFER_DATA_LENGTH(nb);
      free(clone);
      return { length, pieces, left: machine.pools.live(pool) - 1 + machine.derivedMdls.live };
    },
  };
}

/** npm's bl: a second list over the same Buffers. */
async function bufferList() {
  const { BufferList } = await import("bl");
  const original = new BufferList(SIZES.map((size) => Buffer.alloc(size)));
  original.consume(OFFSET);
  const allocate = () => original.shallowSlice(0, LENGTH);
  return {
    loops: chosen(
      pairLoops(
        allocate,
        () => {},
        (list) => list.length,
        new Array(MOST_HELD).fill(undefined),
      ),
    ),
    makesGarbage: true,
    check: () => ({ length: allocate().length }),
  };
}

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "clone",
  title: "Clone a list over three MDLs",
  about:
    "NdisAllocateCloneNetBufferList of a list whose 1486 bytes lie in three MDLs, and NdisFreeCloneNetBufferList: a list, a " +
    "NET_BUFFER and three partial MDLs. DPDK: rte_pktmbuf_clone and rte_pktmbuf_free, three indirect mbufs with counted " +
    "references. bl: shallowSlice, left to the garbage collector.",
  limits:
    "A clone and its end take 830 instructions, gcc 466, DPDK 703 (stepped through with gdb). 432 make it in native " +
    "code, 47 % of the samples of a profile, 124 free it there, 22 %; that is some 90 more than gcc has for both. " +
    "270 are JavaScript's, 28 %: two calls into WebAssembly, with eight arguments and four, and the questions " +
    "before them whether the list is a plain clone and which pools it came from. Half of DPDK's time is less than " +
    "gcc takes, which writes 72 words of a list and a NET_BUFFER besides three MDLs where DPDK has three mbufs. " +
    "Step by step in TypeScript a clone took twice as long.",
  unit: "ns a clone",
  figures,
  reference: "ddi",
  sides: {
    ddi: typescript("DDI face", () => ddi(false)),
    verifier: typescript("DDI face, verifier in front", () => ddi(true)),
    dpdk: dpdk("DPDK mbuf, -O2", "clone.c"),
    ...cTwins("clone.c"),
    bl: typescript("npm bl", bufferList, needs("bl")),
  },
  check(side, left) {
    const pieces = [
      [OFFSET, 500 - OFFSET],
      [0, 500],
      [0, 500],
    ];
    return differences(side === "bl" ? { length: LENGTH } : { length: LENGTH, pieces, left: 0 }, left);
  },
  goals: [{ text: "clone of 3 segments / DPDK", value: ["ddi", "one"], per: [["dpdk", "one"]], atMost: 0.5 }],
};
