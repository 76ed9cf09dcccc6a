// A list with its NET_BUFFER over a chain of the driver's: NdisAllocateNetBufferAndNetBufferList, NdisFreeNetBufferList.
import { NET_BUFFER, NET_BUFFER_LIST } from "ndislab";
import { chainOf, createMachine, createNdis, listPool } from "../lib/library.mjs";
import { MOST_HELD, PAIR_FIGURES, pairLoops } from "../lib/pairs.mjs";
import { cTwins, typescript } from "../lib/sides.mjs";

const OFFSET = 64;
const LENGTH = 1000;
const NBL = NET_BUFFER_LIST.offset;
const NB = NET_BUFFER.offset;

/**
 * The words of a list and its NET_BUFFER that were all dirty before.
 * @param {import("ndislab").Machine} machine
 * @param {number} pool
 * @param {number} chain
 * @param {() => number} allocate
 * @param {(nbl: number) => void} free
 */
function dirtyList(machine, pool, chain, allocate, free) {
  const { u32 } = machine.memory;
  const nbl = allocate();
  free(nbl);
  const words = u32.subarray(nbl >>> 2, (nbl + NET_BUFFER_LIST.size + NET_BUFFER.size) >>> 2);
  const link = words[NBL.NdisReserved >>> 2];
  words.fill(0xaaaaaaaa);
  words[NBL.NdisReserved >>> 2] = link;
  if (allocate() !== nbl) throw new Error("the slot that was freed last is not handed out first");
  const left = { pool, nbl, chain, words: [...words] };
  free(nbl);
  return { ...left, left: machine.pools.live(pool) };
}

/** @param {boolean} verified */
function ddi(verified) {
  const { machine, ddi } = createMachine({ verified });
  const pool = listPool(machine);
  const chain = chainOf(machine, [1500]);
  const allocate = () => ddi.NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, chain, OFFSET, LENGTH);
  const free = (/** @type {number} */ nbl) => ddi.NdisFreeNetBufferList(nbl);
  return {
    loops: pairLoops(allocate, free, (nbl) => nbl, new Uint32Array(MOST_HELD)),
    check: () => dirtyList(machine, pool, chain, allocate, free),
  };
}

function objectFace() {
  const ndis = createNdis();
  const memory = ndis.allocateMemory(1500);
  const chain = ndis.allocateMdl(memory);
  const pool = ndis.createNetBufferListPool({ netBuffers: true });
  const allocate = () => pool.allocateOver(chain, OFFSET, LENGTH);
  return {
    loops: pairLoops(
      allocate,
      (list) => list.free(),
      (list) => list.address,
      new Array(MOST_HELD).fill(undefined),
    ),
    check: () =>
      dirtyList(
        ndis.machine,
        pool.handle,
        chain.address,
        () => allocate().address,
        (nbl) => ndis.netBufferListAt(nbl).free(),
      ),
  };
}

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "list",
  title: "Allocate and free a NET_BUFFER_LIST with its NET_BUFFER",
  about:
    "NdisAllocateNetBufferAndNetBufferList over 1000 bytes of a chain and NdisFreeNetBufferList: 48 words of the list " +
    "and 24 of the NET_BUFFER are written. DPDK has no second structure of that kind.",
  limits:
    "V8 runs 730 to 860 instructions for a pair, by what it takes into one loop, gcc 140 (stepped through with " +
    "gdb). As with the pair of NET_BUFFERs, each of some 45 stores has a check of its own. But what one loop may " +
    "have of inlined code ends before this pair does, so that two to four of its functions stay calls, and the time " +
    "has two values; and a function that is called knows neither where the memory lies nor how long it is, and " +
    "takes nine instructions for a store where one that is inlined takes four: 216 for the list's 24. These are " +
    "written out, which takes 30 ns, and 38 in a loop. The object face finds two objects by their addresses.",
  unit: "ns a pair",
  figures: PAIR_FIGURES,
  reference: "ddi",
  sides: {
    ddi: typescript("DDI face", () => ddi(false)),
    verifier: typescript("DDI face, verifier in front", () => ddi(true)),
    objects: typescript("object face", objectFace),
    ...cTwins("list.c"),
  },
  check(_side, { pool, nbl, chain, words, left }) {
    const nb = NET_BUFFER_LIST.size;
    const expected = new Array((NET_BUFFER_LIST.size + NET_BUFFER.size) / 4).fill(0);
    const set = (/** @type {number} */ offset, /** @type {number} */ value) => {
      expected[offset >>> 2] = value;
    };
    const own = (/** @type {number} */ offset) => set(offset, words[offset >>> 2]);
    set(NBL.FirstNetBuffer, nbl + nb);
    set(NBL.NdisPoolHandle, pool);
    own(NBL.NdisReserved);
    own(NBL.NdisPoolHandle + 4); // the gap in front of NdisReserved
    set(nb + NB.CurrentMdl, chain);
    set(nb + NB.CurrentMdlOffset, OFFSET);
    set(nb + NB.DataLength, LENGTH);
    set(nb + NB.MdlChain, chain);
    set(nb + NB.DataOffset, OFFSET);
    set(nb + NB.NdisPoolHandle, pool);
    own(nb + NB.NdisReserved);
    return [
      ...expected.flatMap((value, i) => (words[i] === value ? [] : [`word ${4 * i} is ${words[i]}, not ${value}`])),
      ...(left === 0 ? [] : [`${left} lists are left`]),
    ];
  },
  goals: [{ text: "list, object face / DDI face", value: ["objects", "one"], per: [["ddi", "one"]], atMost: 1.6 }],
};
