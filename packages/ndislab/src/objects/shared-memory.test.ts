import { beforeEach, describe, expect, it } from "vitest";
import { createDdi } from "../ddi/index.js";
import { Machine } from "../ddi/machine.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { POOL } from "../layout/pool.js";
import { SharedMemory } from "../memory/shared-memory.js";
import { poolTag } from "../memory/tag.js";
import { Ndis } from "./ndis.js";

// The processors of these tests are machines in one thread, so that every step has its place; the workers are in
// processors.test.ts.

const TAG = poolTag("Test");
const SIZE = 8 << 20;
const KEEP = 256;

let machines: readonly Machine[];
let a: Machine;
let b: Machine;

beforeEach(() => {
  const { processors } = new SharedMemory({ processors: 2, memorySize: SIZE });
  machines = processors.map((processor) => new Machine({ processor }));
  [a, b] = machines;
});

/** A member of one processor's header of a pool. */
const member = (machine: Machine, pool: number, name: keyof typeof POOL.offset): number =>
  machine.memory.u32[(pool + machine.pools.ownHeader + POOL.offset[name]) >>> 2];

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

describe("a shared memory", () => {
  it("is one for all its processors, and each allocates from a part of its own", () => {
    expect(a.memory.u8.buffer).toBe(b.memory.u8.buffer);
    expect(a.memory.byteLength).toBe(SIZE);
    expect([a.nonpaged.end, b.nonpaged.end]).toEqual([b.nonpaged.base, SIZE]);
    expect(a.memory.scratch).not.toBe(b.memory.scratch);
    a.memory.u32[a.nonpaged.allocate(4, TAG, "driver") >>> 2] = 0x1234_5678;
    const block = b.nonpaged.allocate(4, TAG, "driver");
    expect(block).toBeGreaterThanOrEqual(b.nonpaged.base);
  });

  it.each([0, 33, 1.5, Number.NaN])("of %d processors is refused", (processors) => {
    expect(() => new SharedMemory({ processors })).toThrow(
      `a shared memory has between 1 and 32 processors, not ${processors}`,
    );
  });

  it("has one pool of derived MDLs for all, so that clones are freed wherever they are", () => {
    expect(a.derivedMdls.live).toBe(0);
    const list = a.netBufferLists.create({ tag: TAG, allocateNetBuffer: true });
    const [first, second] = machines.map((machine) => createDdi(machine));
    const data = a.nonpaged.allocate(1500, TAG, "driver");
    const mdl = first.NdisAllocateMdl(0, data, 1500);
    const nbl = first.NdisAllocateNetBufferAndNetBufferList(list, 0, 0, mdl, 0, 1500);
    const clone = first.NdisAllocateCloneNetBufferList(nbl, 0, 0, 0);
    expect([a.derivedMdls.live, b.derivedMdls.live]).toEqual([1, 1]);
    second.NdisFreeCloneNetBufferList(clone, 0);
    second.NdisFreeNetBufferList(nbl);
    second.NdisFreeMdl(mdl);
    expect([a.derivedMdls.live, b.derivedMdls.live, a.pools.live(list), a.pools.live(a.mdlPool)]).toEqual([0, 0, 0, 0]);
  });
});

describe("a pool of a shared memory", () => {
  it("has one handle, and a header for each processor on lines of the cache of its own", () => {
    const pool = a.netBuffers.create(TAG, 100);
    expect(pool % 64).toBe(0);
    expect(b.pools.ownHeader % 64).toBe(0);
    expect(b.pools.ownHeader).toBeGreaterThanOrEqual(POOL.size);
    const nb = b.netBuffers.allocateMdlAndData(pool);
    expect(b.nonpaged.base <= nb && nb < b.nonpaged.end).toBe(true);
    expect(b.memory.u32[(nb + NET_BUFFER.offset.NdisPoolHandle) >>> 2]).toBe(pool);
    expect([member(a, pool, "Allocations"), member(b, pool, "Allocations")]).toEqual([0, 1]);
    expect(machines.map((machine) => machine.pools.live(pool))).toEqual([1, 1]);
    expect(a.netBuffers.free(nb)).toBe(true);
    expect([member(a, pool, "Frees"), member(b, pool, "Frees")]).toEqual([1, 0]);
    expect(machines.map((machine) => machine.pools.live(pool))).toEqual([0, 0]);
    expect(b.netBuffers.free(nb)).toBe(false);
  });

  it("is the report's of the processor that made it, with what all did", () => {
    const pool = a.netBuffers.create(TAG, 100);
    const held = [a.netBuffers.allocateMdlAndData(pool), b.netBuffers.allocateMdlAndData(pool)];
    const row = { handle: pool, kind: "netBuffer", tag: TAG, live: 2, peak: 2, allocations: 2, freed: false };
    expect(a.pools.report()).toEqual([row]);
    expect(b.pools.report()).toEqual([]);
    for (const nb of held) a.netBuffers.free(nb);
    expect(a.netBuffers.destroy(pool)).toBe(true);
    expect(b.netBuffers.allocateMdlAndData(pool)).toBe(0);
    expect(b.netBuffers.destroy(pool)).toBe(false);
    expect(machines.map((machine) => machine.pools.kindOf(pool))).toEqual(["dead", "dead"]);
  });

  it("gives what one processor frees to another: the memory does not grow", () => {
    const pool = a.netBuffers.create(TAG, 100);
    for (let round = 0; round < 1000; round++)
      for (const nb of times(10, () => a.netBuffers.allocateMdlAndData(pool))) expect(b.netBuffers.free(nb)).toBe(true);
    expect(a.pools.live(pool)).toBe(0);
    expect(a.pools.allocations(pool)).toBe(10_000);
    // What both keep, what waits in the depot, and what is out.
    expect(a.pools.peak(pool)).toBeLessThanOrEqual(4 * KEEP);
  });

  it("leaves what is more than 256 once it is 512, and takes the whole list", () => {
    const pool = a.netBuffers.create(TAG, 0);
    const all = times(2 * KEEP, () => a.netBuffers.allocate(pool, 0, 0, 0));
    for (const nb of all.slice(0, 2 * KEEP - 1)) b.netBuffers.free(nb);
    expect(member(b, pool, "Stock")).toBe(0);
    b.netBuffers.free(all[2 * KEEP - 1]);
    expect([member(a, pool, "Stock"), member(b, pool, "Stock") | 0]).toEqual([2 * KEEP, -KEEP]);
    const again = times(KEEP, () => a.netBuffers.allocate(pool, 0, 0, 0));
    expect(again).toEqual(all.slice(0, KEEP).reverse()); // the first that came stay longest
    expect(member(a, pool, "FreeList")).toBe(0);
    expect([member(a, pool, "Stock"), member(b, pool, "Stock") | 0]).toEqual([3 * KEEP, -KEEP]);
    expect(times(KEEP, () => b.netBuffers.allocate(pool, 0, 0, 0))).toEqual(all.slice(KEEP).reverse());
    expect(new Set([...again, ...times(KEEP, () => a.netBuffers.allocate(pool, 0, 0, 0))]).size).toBe(2 * KEEP);
  });

  it("keeps what a full depot has no room for", () => {
    const pool = a.netBuffers.create(TAG, 0);
    const count = 80 * KEEP;
    const all = times(count, () => a.netBuffers.allocate(pool, 0, 0, 0));
    for (const nb of all) b.netBuffers.free(nb);
    const again = times(count, (i) => (i < count - 2 * KEEP ? a : b).netBuffers.allocate(pool, 0, 0, 0));
    expect(new Set(again).size).toBe(count);
    expect(a.pools.peak(pool)).toBeLessThanOrEqual(count + 16 * KEEP);
    expect(a.pools.live(pool)).toBe(count);
  });

  it("holds all processors together to its limit", () => {
    const ddi = createDdi(a);
    const { scratch, u32 } = a.memory;
    ddi.NdisAllocateBufferPool(scratch, scratch + 4, 3);
    const pool = u32[(scratch + 4) >>> 2];
    const held = [a.mdls.allocate(pool, 0x20000, 10), a.mdls.allocate(pool, 0x20000, 10), a.mdls.allocate(pool, 0, 0)];
    expect(held).not.toContain(0);
    expect(a.mdls.allocate(pool, 0x20000, 10)).toBe(0);
    expect(b.mdls.allocate(pool, 0x20000, 10)).toBe(0);
    expect(b.mdls.free(held[0])).toBe(true);
    expect(b.mdls.allocate(pool, 0x20000, 10)).not.toBe(0);
    expect(machines.map((machine) => machine.mdls.allocate(pool, 0x20000, 10))).toEqual([0, 0]);
  });

  it("holds all processors together to the packets of a pool", () => {
    const ddi = createDdi(a);
    const { scratch, u32 } = a.memory;
    ddi.NdisAllocatePacketPoolEx(scratch, scratch + 4, 2, 1, 16);
    const pool = u32[(scratch + 4) >>> 2];
    const held = [a, b, a].map((machine) => machine.packetPools.allocate(pool));
    expect(held).not.toContain(0);
    expect(machines.map((machine) => machine.packetPools.allocate(pool))).toEqual([0, 0]);
    expect(a.packetPools.free(held[1])).toBe(true);
    expect(b.packetPools.allocate(pool)).not.toBe(0);
    expect(machines.map((machine) => machine.packetPools.allocate(pool))).toEqual([0, 0]);
    expect(b.packetPools.free(held[0])).toBe(true);
    expect(b.packetPools.usage(pool)).toBe(2);
  });

  it("of large MDLs counts each where it was made and where it is freed", () => {
    const mdl = a.mdls.allocate(a.mdlPool, 0x20000, 200_000);
    expect(member(a, a.mdlPool, "Stock")).toBe(1);
    expect(b.mdls.free(mdl)).toBe(true);
    const { liveBlocks } = a.nonpaged;
    a.nonpaged.collect();
    expect(a.nonpaged.liveBlocks).toBe(liveBlocks - 1);
    expect(a.pools.live(a.mdlPool)).toBe(0);
    expect(a.pools.peak(a.mdlPool)).toBe(0);
  });

  it("shows its NET_BUFFERs as objects on every processor", () => {
    const [here, there] = machines.map((machine) => new Ndis(machine));
    const pool = here.createNetBufferPool({ dataSize: 100 });
    const netBuffer = pool.allocate();
    netBuffer.length = 5;
    netBuffer.data.set([1, 2, 3, 4, 5]);
    const same = there.netBufferAt(netBuffer.address);
    expect([...same.data]).toEqual([1, 2, 3, 4, 5]);
    same.free();
    expect(netBuffer.live).toBe(false);
    const other = there.netBufferPoolAt(pool.handle).allocate();
    expect(pool.live).toBe(1);
    other.free();
    expect(() => there.netBufferPoolAt(0x1234)).toThrow("There is no live NET_BUFFER pool at 0x00001234.");
    pool.dispose();
    expect(() => there.netBufferPoolAt(pool.handle).allocate()).toThrow("was disposed");
    here.dispose();
  });

  it("takes and gives many at once as well", () => {
    const [here, there] = machines.map((machine) => new Ndis(machine));
    const pool = here.createNetBufferPool({ dataSize: 100 });
    const held = new Array(200);
    for (let round = 0; round < 50; round++) {
      pool.allocateMany(held);
      there.netBufferPoolAt(pool.handle).freeMany(held.map(({ address }) => there.netBufferAt(address)));
    }
    expect(pool.live).toBe(0);
    expect(pool.peak).toBeLessThanOrEqual(200 + 4 * KEEP);
  });
});

describe("memory of another processor", () => {
  it.each([
    [0, 1],
    [1, 0],
  ])("of processor %d is freed by %d, and comes back to its owner", (owner, other) => {
    const { nonpaged } = machines[owner];
    const blocks = times(100, (i) => nonpaged.allocate(i * 100, TAG, "driver"));
    const { liveBlocks, grownBytes } = nonpaged;
    for (const block of blocks) expect(machines[other].nonpaged.free(block)).toBe(true);
    expect(nonpaged.liveBlocks).toBe(liveBlocks);
    nonpaged.collect();
    expect(nonpaged.liveBlocks).toBe(liveBlocks - 100);
    times(100, (i) => nonpaged.allocate(i * 100, TAG, "driver"));
    expect(nonpaged.grownBytes).toBe(grownBytes);
  });

  it("is collected before the pool grows", () => {
    const { grownBytes } = a.nonpaged;
    for (let round = 0; round < 100; round++) b.nonpaged.free(a.nonpaged.allocate(10_000, TAG, "driver"));
    expect(a.nonpaged.grownBytes - grownBytes).toBeLessThanOrEqual(2 * 12_288);
  });

  it("is not what lies in no processor's part or on no block's boundary", () => {
    expect(a.nonpaged.free(0)).toBe(false);
    expect(a.nonpaged.free(0x4000)).toBe(false);
    expect(a.nonpaged.free(SIZE)).toBe(false);
    expect(a.nonpaged.free(b.nonpaged.allocate(100, TAG, "driver") + 8)).toBe(false);
    expect(a.nonpaged.free(a.nonpaged.end - 0x1000)).toBe(false);
  });
});

it("the copies of a shared memory are those of any", () => {
  const ddi = createDdi(b);
  const pool = a.netBuffers.create(TAG, 100);
  const [from, to] = times(2, () => a.netBuffers.allocateMdlAndData(pool));
  for (const nb of [from, to]) a.memory.u32[(nb + NET_BUFFER.offset.DataLength) >>> 2] = 100;
  const start = ddi.NdisGetDataBuffer(from, 100, 0, 1, 0);
  a.memory.u8.fill(7, start, start + 100);
  const copied = b.memory.scratch;
  expect(ddi.NdisCopyFromNetBufferToNetBuffer(to, 10, 80, from, 0, copied)).toBe(0);
  expect(b.memory.u32[copied >>> 2]).toBe(80);
  const target = ddi.NdisGetDataBuffer(to, 100, 0, 1, 0);
  expect(a.memory.bytes(target + 10, 80).every((byte) => byte === 7)).toBe(true);
});

it("a spin lock of another processor's is waited for, one's own is a deadlock", () => {
  const lock = a.nonpaged.allocate(8, TAG, "driver");
  const [first, second] = machines.map((machine) => createDdi(machine));
  first.NdisAllocateSpinLock(lock);
  first.NdisAcquireSpinLock(lock);
  expect([a.irql.current, b.irql.current]).toEqual([2, 0]);
  expect(() => first.NdisAcquireSpinLock(lock)).toThrow("waits for a spin lock that it holds itself");
  first.NdisReleaseSpinLock(lock);
  second.NdisAcquireSpinLock(lock);
  expect([a.irql.current, b.irql.current]).toEqual([0, 2]);
  expect(b.locks.held(lock)).toBe(true);
  second.NdisReleaseSpinLock(lock);
  expect(a.locks.held(lock)).toBe(false);
});
