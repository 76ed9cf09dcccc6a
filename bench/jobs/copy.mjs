// 1500 bytes from one chain to another: NdisCopyFromNetBufferToNetBuffer.

import { differences } from "../lib/differences.mjs";
import { block, chainOf, createMachine, createNdis } from "../lib/library.mjs";
import { cTwins, dpdk, needs, typescript } from "../lib/sides.mjs";
import { sink } from "../lib/sink.mjs";
import { inSteps } from "../lib/timing.mjs";

const PACKETS = 8;
const LENGTH = 1500;
const FROM = [500, 500, 500];
/** Cut elsewhere, and longer by 100 bytes, which stay as they are. */
const TO = [700, 400, 500];

const patternByte = (/** @type {number} */ i) => (i * 7 + (i >> 8)) & 0xff;

/** FNV-1a of all bytes that the pieces have. @param {Uint8Array[]} pieces */
function hashOf(pieces) {
  let hash = 2166136261;
  for (const piece of pieces) for (const byte of piece) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return hash;
}

/** @param {Uint8Array[]} pieces */
function fill(pieces) {
  let number = 0;
  for (const piece of pieces) for (let i = 0; i < piece.length; i++) piece[i] = patternByte(number++);
}

/** What the right bytes at the right places come to. */
const EXPECTED = hashOf([Uint8Array.from({ length: 1600 }, (_, i) => (i < LENGTH ? patternByte(i) : 0))]);

/** @param {(i: number) => number} copy the packet of this number; how many bytes */
const loop = (copy) =>
  inSteps(PACKETS, (count) => {
    let bytes = 0;
    for (let done = 0; done < count; done += PACKETS) for (let i = 0; i < PACKETS; i++) bytes = (bytes + copy(i)) | 0;
    sink.value ^= bytes;
  });

/** @param {boolean} verified */
function ddi(verified) {
  const { machine, ddi } = createMachine({ verified });
  const { u32 } = machine.memory;
  const pool = machine.netBuffers.create(0, 0);
  const copied = block(machine, 16);
  const piecesOf = (/** @type {number} */ nb) => {
    const pieces = [];
    for (let mdl = ddi.NET_BUFFER_FIRST_MDL(nb); mdl !== 0; mdl = ddi.NDIS_MDL_LINKAGE(mdl))
      pieces.push(machine.memory.bytes(ddi.MmGetSystemAddressForMdlSafe(mdl, 16), ddi.MmGetMdlByteCount(mdl)));
    return pieces;
  };
  const packets = (/** @type {number[]} */ sizes) =>
    Uint32Array.from({ length: PACKETS }, () => ddi.NdisAllocateNetBuffer(pool, chainOf(machine, sizes), 0, LENGTH));
  const [from, to] = [packets(FROM), packets(TO)];
  for (const nb of from) fill(piecesOf(nb));
  const copy = (/** @type {number} */ i) => {
    ddi.NdisCopyFromNetBufferToNetBuffer(to[i], 0, LENGTH, from[i], 0, copied);
    return u32[copied >>> 2];
  };
  return {
    loops: { copy: loop(copy) },
    check() {
      const pieces = piecesOf(to[3]);
      return { copied: copy(3), hash: hashOf(pieces), behind: pieces[2][499] };
    },
  };
}

function objectFace() {
  const ndis = createNdis();
  const pool = ndis.createNetBufferPool();
  const chain = (/** @type {number[]} */ sizes) => {
    const mdls = sizes.map((size) => ndis.allocateMdl(ndis.allocateMemory(size)));
    for (let i = 1; i < mdls.length; i++) mdls[i - 1].next = mdls[i];
    return mdls;
  };
  const packets = (/** @type {number[]} */ sizes) =>
    Array.from({ length: PACKETS }, () => {
      const mdls = chain(sizes);
      return { pieces: mdls.map((mdl) => mdl.data), packet: pool.allocateOver(mdls[0], 0, LENGTH) };
    });
  const [from, to] = [packets(FROM), packets(TO)];
  for (const { pieces } of from) fill(pieces);
  const copy = (/** @type {number} */ i) => {
    to[i].packet.copyFrom(from[i].packet);
    return to[i].packet.length;
  };
  return {
    loops: { copy: loop(copy) },
    check: () => ({ copied: copy(3), hash: hashOf(to[3].pieces), behind: to[3].pieces[2][499] }),
  };
}

/** Pieces of Buffers, copied one by one into others: what a user without a library writes. */
function buffers() {
  const packets = (/** @type {number[]} */ sizes) =>
    Array.from({ length: PACKETS }, () => sizes.map((size) => Buffer.alloc(size)));
  const [from, to] = [packets(FROM), packets(TO)];
  for (const pieces of from) fill(pieces);
  const copy = (/** @type {number} */ i) => {
    let source = 0;
    let inSource = 0;
    let target = 0;
    let inTarget = 0;
    for (let rest = LENGTH; rest > 0; ) {
      const a = from[i][source];
      const b = to[i][target];
      const piece = Math.min(rest, a.length - inSource, b.length - inTarget);
      a.copy(b, inTarget, inSource, inSource + piece);
      rest -= piece;
      inSource += piece;
      inTarget += piece;
      if (inSource === a.length) {
        source++;
        inSource = 0;
      }
      if (inTarget === b.length) {
        target++;
        inTarget = 0;
      }
    }
    return LENGTH;
  };
  return {
    loops: { copy: loop(copy) },
    check: () => ({ copied: copy(3), hash: hashOf(to[3]), behind: to[3][2][499] }),
  };
}

/** npm's bl, which copies out of its pieces into one Buffer. */
async function bufferList() {
  const { BufferList } = await import("bl");
  const lists = Array.from({ length: PACKETS }, () => {
    const pieces = FROM.map((size) => Buffer.alloc(size));
    fill(pieces);
    return new BufferList(pieces);
  });
  const targets = Array.from({ length: PACKETS }, () => Buffer.alloc(1600));
  const copy = (/** @type {number} */ i) => {
    lists[i].copy(targets[i], 0, 0, LENGTH);
    return LENGTH;
  };
  return {
    loops: { copy: loop(copy) },
    check: () => ({ copied: copy(3), hash: hashOf([targets[3]]), behind: targets[3][1599] }),
  };
}

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "copy",
  title: "Copy 1500 bytes across chains of three MDLs",
  about:
    "NdisCopyFromNetBufferToNetBuffer from three pieces of 500 bytes to pieces of 700, 400 and 500: five runs of bytes, " +
    "eight packets in turn. DPDK's side is the loop over both chains that one writes with rte_memcpy. bl copies into one " +
    "Buffer, which is three runs.",
  limits:
    "A copy takes 1000 instructions, gcc 422, DPDK 600 (stepped through with gdb). 670 are native code that looks " +
    "whether every MDL is mapped and walks both chains, 58 % of the samples of a profile; 120 are V8's way from " +
    "WebAssembly to memmove, which is a call for each of the five runs of bytes, 11 %; 113 are memmove itself, 19 " +
    "%; 90 are the call from JavaScript and the loop that measures, 9 %. In TypeScript, with `copyWithin` for each " +
    "run, a copy took four times as long.",
  unit: "ns a copy",
  figures: { copy: "copy" },
  reference: "ddi",
  sides: {
    ddi: typescript("DDI face", () => ddi(false)),
    verifier: typescript("DDI face, verifier in front", () => ddi(true)),
    objects: typescript("object face", objectFace),
    dpdk: dpdk("DPDK mbuf, -O2", "copy.c"),
    ...cTwins("copy.c"),
    buffers: typescript("Buffer.copy, piece by piece", buffers),
    bl: typescript("npm bl, into one Buffer", bufferList, needs("bl")),
  },
  check: (_side, left) => differences({ copied: LENGTH, hash: EXPECTED, behind: 0 }, left),
  goals: [{ text: "copy of 1500 bytes / DPDK", value: ["ddi", "copy"], per: [["dpdk", "copy"]], atMost: 0.9 }],
};
