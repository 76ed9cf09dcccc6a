// NDIS 5: NdisAllocateBuffer and NdisFreeBuffer.
import { MDL } from "ndislab";
import { block, createMachine, createNdis } from "../lib/library.mjs";
import { MOST_HELD, PAIR_FIGURES, pairLoops } from "../lib/pairs.mjs";
import { cTwins, typescript } from "../lib/sides.mjs";

const LENGTH = 1500;
const MDL_FLAGS_NONPAGED = 4;

/** @param {boolean} verified */
function ddi(verified) {
  const { machine, ddi } = createMachine({ verified });
  const { u32 } = machine.memory;
  const data = block(machine, 4096);
  const status = block(machine, 16);
  const buffer = status + 4;
  ddi.NdisAllocateBufferPool(status, buffer, MOST_HELD);
  const pool = u32[buffer >>> 2];
  const allocate = () => {
    ddi.NdisAllocateBuffer(status, buffer, pool, data, LENGTH);
    return u32[buffer >>> 2];
  };
  const free = (/** @type {number} */ mdl) => ddi.NdisFreeBuffer(mdl);
  return {
    loops: pairLoops(allocate, free, (mdl) => mdl, new Uint32Array(MOST_HELD)),
    check() {
      const first = allocate();
      free(first);
      const words = u32.subarray(first >>> 2, (first + MDL.size + 4) >>> 2);
      words.fill(0xaaaaaaaa);
      if (allocate() !== first) throw new Error("the slot that was freed last is not handed out first");
      const left = { status: u32[status >>> 2], address: data, words: [...words] };
      free(first);
      return { ...left, left: machine.pools.live(pool) };
    },
  };
}

function objectFace() {
  const ndis = createNdis();
  const memory = ndis.allocateMemory(4096);
  const pool = ndis.createBufferPool(MOST_HELD);
  const allocate = () => pool.allocate(memory, 0, LENGTH);
  return {
    loops: pairLoops(
      allocate,
      (buffer) => buffer.free(),
      (buffer) => buffer.address,
      new Array(MOST_HELD).fill(undefined),
    ),
    check() {
      const { u32 } = ndis.machine.memory;
      const { address } = allocate();
      const words = [...u32.subarray(address >>> 2, (address + MDL.size + 4) >>> 2)];
      ndis.mdlAt(address).free();
      return { status: 0, address: memory.address, words, left: pool.live };
    },
  };
}

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "buffer",
  title: "Allocate and free an NDIS 5 buffer",
  about:
    "NdisAllocateBuffer over 1500 bytes and NdisFreeBuffer: an MDL with its page numbers out of a pool that holds the " +
    "driver to its number of descriptors, with status and descriptor as out-parameters. DPDK has nothing like it.",
  limits:
    "V8 runs 110 instructions for a pair, gcc 86 (stepped through with gdb; `node --print-opt-code " +
    "--print-opt-code-filter=one bench/side.mjs buffer ddi measure 100`), 13 checks of an index among them, with a " +
    "`lea`, a `cmp` and a branch each. They were 233 while the pair had more than the 920 bytes of bytecode that V8 " +
    "takes into one loop, so that one function stayed a call (`--trace-turbo-inlining`). What is left is no matter " +
    "of their number: without any store into the MDL a pair took 9.6 ns of 10.5. Each load waits for a store of the " +
    "pair before: the head of the list, the descriptor in its out-parameter, then the descriptor's pool. C has that " +
    "chain too, and walks it in 14 cycles, V8's code in 24. The pool is found quicker since its handle is written " +
    "when a slot is first out and no more: 8.4 ns for 10.5; C, which does the same, gains 0.2 by it.",
  unit: "ns a pair",
  figures: PAIR_FIGURES,
  reference: "ddi",
  sides: {
    ddi: typescript("DDI face", () => ddi(false)),
    verifier: typescript("DDI face, verifier in front", () => ddi(true)),
    objects: typescript("object face", objectFace),
    ...cTwins("buffer.c"),
  },
  check(_side, { status, address, words, left }) {
    const byteOffset = address & 0xfff;
    const pages = Math.ceil((byteOffset + LENGTH) / 4096);
    const size = (MDL.size + 4 * pages) | (MDL_FLAGS_NONPAGED << 16);
    const expected = [0, size, 0, address, address - byteOffset, LENGTH, byteOffset, address >>> 12];
    return [
      ...expected.flatMap((value, i) => (words[i] === value ? [] : [`MDL+${4 * i} is ${words[i]}, not ${value}`])),
      ...(status === 0 ? [] : [`the status is ${status}`]),
      ...(left === 0 ? [] : [`${left} descriptors are left`]),
    ];
  },
  goals: [{ text: "NDIS 5 buffer / C gcc -O2", value: ["ddi", "one"], per: [["gcc", "one"]], atMost: 0.9 }],
};
