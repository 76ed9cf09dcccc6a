// The pair that every packet costs: NdisAllocateNetBufferMdlAndData and NdisFreeNetBuffer.
import { differences } from "../lib/differences.mjs";
import { DATA_SIZE, dirtySlot, unwritten } from "../lib/fields.mjs";
import { createMachine, createNdis, dataPool } from "../lib/library.mjs";
import { MOST_HELD, PAIR_FIGURES, pairLoops } from "../lib/pairs.mjs";
import { ObjectPool, Packet } from "../lib/pooled-object.mjs";
import { c, cTwins, dpdk, needs, typescript } from "../lib/sides.mjs";

const addresses = () => new Uint32Array(MOST_HELD);
const objects = () => new Array(MOST_HELD).fill(undefined);

/** @param {boolean} verified */
function ddi(verified) {
  const { machine, ddi } = createMachine({ verified });
  const pool = dataPool(machine);
  const allocate = () => ddi.NdisAllocateNetBufferMdlAndData(pool);
  const free = (/** @type {number} */ nb) => ddi.NdisFreeNetBuffer(nb);
  return {
    loops: pairLoops(allocate, free, (nb) => nb, addresses()),
    check: () => dirtySlot(machine, pool, allocate, free),
  };
}

/** As a process has it that runs several drivers, each in a machine of its own: they take turns. */
function fourMachines() {
  const sides = Array.from({ length: 4 }, () => {
    const { machine, ddi } = createMachine();
    return { machine, ddi, pool: dataPool(machine) };
  });
  let turn = 0;
  const allocate = () => {
    const { ddi, pool } = sides[turn & 3];
    return ddi.NdisAllocateNetBufferMdlAndData(pool);
  };
  const free = (/** @type {number} */ nb) => sides[turn & 3].ddi.NdisFreeNetBuffer(nb);
  const loops = pairLoops(allocate, free, (nb) => nb, addresses());
  // One loop after the other has all turns in equal parts.
  const inTurn = (/** @type {import("../lib/timing.mjs").Loop} */ loop) =>
    Object.assign(
      (/** @type {number} */ count) => {
        for (turn = 0; turn < 4; turn++) loop(count / 4);
      },
      { step: 4 * (loop.step ?? 1) },
    );
  const [{ machine, pool }] = sides;
  return {
    loops: Object.fromEntries(Object.entries(loops).map(([name, loop]) => [name, inTurn(loop)])),
    check: () => {
      turn = 0;
      return dirtySlot(machine, pool, allocate, free);
    },
  };
}

function objectFace() {
  const ndis = createNdis();
  const pool = ndis.createNetBufferPool({ dataSize: DATA_SIZE });
  const allocate = () => pool.allocate();
  return {
    loops: pairLoops(
      allocate,
      (packet) => packet.free(),
      (packet) => packet.address,
      objects(),
    ),
    check: () =>
      dirtySlot(
        ndis.machine,
        pool.handle,
        () => pool.allocate().address,
        (nb) => ndis.netBufferAt(nb).free(),
      ),
  };
}

/** Buffers are let go, not freed. @param {() => Uint8Array} allocate */
const buffers = (allocate) => () => {
  const { cold, ...loops } = pairLoops(
    allocate,
    () => {},
    (buffer) => buffer.length,
    objects(),
  );
  return { loops, makesGarbage: true, check: () => ({ bytes: allocate().length }) };
};

function pooledObject() {
  const pool = new ObjectPool();
  const allocate = () => pool.allocate();
  return {
    loops: pairLoops(
      allocate,
      (packet) => pool.free(packet),
      (packet) => packet.serial,
      objects(),
    ),
    check: () => pooledFields(pool.allocate()),
  };
}

/** The same object out of a pool that npm has. */
async function reusifyObject() {
  const { default: reusify } = await import("reusify");
  const pool = reusify(Packet);
  const allocate = () => pool.get().reset();
  return {
    loops: pairLoops(
      allocate,
      (packet) => pool.release(packet),
      (packet) => packet.serial,
      objects(),
    ),
    check: () => pooledFields(allocate()),
  };
}

/** @param {Packet} packet */
const pooledFields = ({ chain, dataLength, bytes }) => ({
  chain: chain === bytes,
  length: dataLength,
  bytes: bytes.length,
});

/**
 * What each side's check leaves when it did its work; the others are looked at field by field.
 * @type {Record<string, Record<string, unknown>>}
 */
const LEFT = {
  dpdk: {
    same: 1,
    offset: 128,
    length: 0,
    packet: 0,
    segments: 1,
    references: 1,
    flags: 0,
    room: 2176,
    out: 1,
    left: 0,
  },
  malloc: { chain: 104, length: 0, bytes: DATA_SIZE },
  pooled: { chain: true, length: 0, bytes: DATA_SIZE },
  reusify: { chain: true, length: 0, bytes: DATA_SIZE },
  allocUnsafe: { bytes: DATA_SIZE },
  alloc: { bytes: DATA_SIZE },
  uint8Array: { bytes: DATA_SIZE },
};

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "pair",
  title: "Allocate and free a packet",
  about:
    "NdisAllocateNetBufferMdlAndData and NdisFreeNetBuffer: a NET_BUFFER, its MDL and 2 KiB of data out of a pool, and " +
    "back. `256, random` has 256 out and frees them in a fixed random order. Every NDIS side writes all members again, " +
    "24 words of the NET_BUFFER and 7 of the MDL; DPDK's mbuf has fewer. Buffers have no fields, `Buffer.alloc` and " +
    "`Uint8Array` zero their bytes, and nobody frees them but the garbage collector.",
  limits:
    "V8 20 runs 171 instructions for a pair, gcc 80 (stepped through with gdb; `node --print-opt-code " +
    "--print-opt-code-filter=one bench/side.mjs pair ddi measure 100`). The stores are the same, but each access to " +
    "memory at a computed place has a check of its own in front: `lea`, `cmp` and a branch, 29 times, 85 " +
    "instructions in all. A processor that takes eight instructions a cycle hides them; this one takes six. Nothing " +
    "in the language takes them out: a mask on the index, one access at the end first, a comparison before all of " +
    "them leave as many checks in the code. Allocations one by one in WebAssembly take 14 to 28 ns, as a call from " +
    "JavaScript takes 2 ns alone and 4 to 7 among others; a stack of free addresses in the place of the list " +
    "through the slots, and closures in the place of classes, gain nothing. With 64 Ki out, each side waits for the " +
    "three cache lines of a slot. The object face runs 224 and takes 7 ns more: its objects have memory and pool as " +
    "members, where V8 sees the DDI face's as constants, and the object of a slot is found by its address. Its pair " +
    "is near the 920 bytes of bytecode that V8 takes into one loop: where it takes the free in first, the " +
    "allocation stays a call, and a pair takes 20 ns for 17. With 49 bytes less than it had that is rarer. Two " +
    "questions to the pool for one, or neighbours of a member by their distance from it, gained no more. An object " +
    "of JavaScript has no checks of an index in front of its fields, since V8 knows its shape; but it has no " +
    "address, and no driver in C could read it.",
  unit: "ns a pair",
  figures: PAIR_FIGURES,
  reference: "ddi",
  sides: {
    ddi: typescript("DDI face", () => ddi(false)),
    ddi4: typescript("DDI face, four machines in turn", fourMachines),
    verifier: typescript("DDI face, verifier in front", () => ddi(true)),
    objects: typescript("object face", objectFace),
    dpdk: dpdk("DPDK mbuf, -O2", "pair.c"),
    ...cTwins("pair.c"),
    gccCalled: c("C, gcc -O2, not inlined", "pair.c", { flags: ["-O2", "-DCALLED"] }),
    malloc: c("glibc malloc, the same fields", "malloc.c"),
    pooled: typescript("pooled JS object, the same fields", pooledObject),
    reusify: typescript("npm reusify, the same fields", reusifyObject, needs("reusify")),
    allocUnsafe: typescript(
      "Buffer.allocUnsafe(2048)",
      buffers(() => Buffer.allocUnsafe(DATA_SIZE)),
    ),
    alloc: typescript(
      "Buffer.alloc(2048)",
      buffers(() => Buffer.alloc(DATA_SIZE)),
    ),
    uint8Array: typescript(
      "new Uint8Array(2048)",
      buffers(() => new Uint8Array(DATA_SIZE)),
    ),
  },
  check: (side, left) => (side in LEFT ? differences(LEFT[side], left) : unwritten(left)),
  goals: [
    { text: "pair / DPDK", value: ["ddi", "one"], per: [["dpdk", "one"]], atMost: 0.9 },
    { text: "pair, 256 random / DPDK", value: ["ddi", "random256"], per: [["dpdk", "random256"]], atMost: 1 },
    { text: "pair, 64 Ki live / DPDK", value: ["ddi", "cold"], per: [["dpdk", "cold"]], atMost: 1.2 },
    {
      text: "pair / the better of gcc -O2 and clang -O3",
      value: ["ddi", "one"],
      per: [
        ["gcc", "one"],
        ["clang", "one"],
      ],
      atMost: 1.6,
    },
    { text: "pair / C gcc -O2", value: ["ddi", "one"], per: [["gcc", "one"]], atMost: 1.1 },
    { text: "pair, object face / DDI face", value: ["objects", "one"], per: [["ddi", "one"]], atMost: 1.6 },
    {
      text: "Buffer.allocUnsafe(2048) / pair",
      value: ["allocUnsafe", "one"],
      per: [["ddi", "one"]],
      atLeast: 30,
      onNode: { 24: { atLeast: 15 } },
    },
    { text: "Buffer.alloc(2048) / pair", value: ["alloc", "one"], per: [["ddi", "one"]], atLeast: 150 },
    { text: "pooled JS object / pair", value: ["pooled", "one"], per: [["ddi", "one"]], atLeast: 1.6 },
  ],
};
