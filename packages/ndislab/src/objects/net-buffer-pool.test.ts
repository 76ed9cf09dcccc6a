import { beforeEach, describe, expect, it } from "vitest";
import { createDdi } from "../ddi/table.js";
import { Ndis } from "./ndis.js";
import { NdisError } from "./ndis-error.js";
import type { NetBuffer } from "./net-buffer.js";
import { bytes, chainOf, codeOf } from "./testing/objects.js";

let ndis: Ndis;

beforeEach(() => {
  ndis = new Ndis({ memorySize: 2 << 20 });
});

it("uses one object for each slot, over many slots and rounds", () => {
  const pool = ndis.createNetBufferPool({ dataSize: 512, tag: "Demo" });
  const first = Array.from({ length: 300 }, () => pool.allocate());
  expect(new Set(first).size).toBe(300);
  for (const nb of first) nb.free();
  const second = Array.from({ length: 300 }, () => pool.allocate());
  expect(new Set(second)).toEqual(new Set(first));
  expect([pool.live, pool.peak, pool.allocations, pool.tag, pool.dataSize]).toEqual([300, 300, 600, "Demo", 512]);
  for (const nb of second) nb.free();
  pool.dispose();
});

it("gives bare NET_BUFFERs when it comes without data", () => {
  const nb = ndis.createNetBufferPool().allocate();
  expect([nb.length, nb.headRoom, nb.tailRoom, nb.firstMdl, nb.data.length]).toEqual([0, 0, 0, undefined, 0]);
});

it("puts a NET_BUFFER over part of a chain, and leaves the chain when that is freed", () => {
  const pool = ndis.createNetBufferPool();
  const chain = chainOf(ndis, [10, 20]);
  const nb = pool.allocateOver(chain, 4);
  expect([nb.headRoom, nb.length]).toEqual([4, 26]);
  expect([...nb.mdls]).toEqual([chain, chain.next]);
  nb.free();
  expect([chain.live, chain.next?.live]).toEqual([true, true]);
});

it("refuses a chain when it comes with data, and bytes that the chain has not", () => {
  const chain = chainOf(ndis, [10]);
  expect(codeOf(() => ndis.createNetBufferPool({ dataSize: 10 }).allocateOver(chain))).toBe("NB-DATAPOOL");
  const pool = ndis.createNetBufferPool();
  expect(codeOf(() => pool.allocateOver(chain, 5, 6))).toBe("NB-RANGE");
  expect(codeOf(() => pool.allocateOver(chain, 11))).toBe("NB-RANGE");
  expect(codeOf(() => pool.allocateOver(chain, -1))).toBe("NDIS_STATUS_INVALID_PARAMETER");
  chain.free();
  expect(codeOf(() => pool.allocateOver(chain))).toBe("BUF-NOTPOOL");
  expect(codeOf(() => pool.allocateOver(chainOf(new Ndis({ memorySize: 1 << 20 }), [10])))).toBe("POOL-HANDLE");
  expect(pool.live).toBe(0);
});

it("cannot be disposed while objects are out, says how many, and goes on", () => {
  const pool = ndis.createNetBufferPool({ dataSize: 64, tag: "Demo" });
  const [a, b] = [pool.allocate(), pool.allocate()];
  expect(() => pool.dispose()).toThrow(NdisError);
  expect(() => pool.dispose()).toThrow("'Demo' cannot be disposed while 2 NET_BUFFERs of it are not freed");
  a.free();
  expect(() => pool.dispose()).toThrow("while 1 NET_BUFFER of it is not freed");
  expect(pool.allocate()).toBe(a);
  a.free();
  b.free();
  pool.dispose();
  expect(pool.disposed).toBe(true);
  pool.dispose();
});

it("gives nothing once it was disposed, and its objects stay dead when another pool has their memory", () => {
  const pool = ndis.createNetBufferPool({ dataSize: 64 });
  const old = pool.allocate();
  const { address } = old;
  old.free();
  pool.dispose();
  const next = ndis.createNetBufferPool({ dataSize: 64 }).allocate();
  expect(next.address).toBe(address);
  expect(codeOf(() => pool.allocate())).toBe("POOL-HANDLE");
  expect(codeOf(() => old.data)).toBe("NB-NOTPOOL");
  expect(codeOf(() => old.free())).toBe("NB-DFREE");
  expect(next.live).toBe(true);
});

it("says so when memory is short", () => {
  const pool = ndis.createNetBufferPool({ dataSize: 64 });
  ndis.machine.nonpaged.fault = () => true;
  expect(codeOf(() => pool.allocate())).toBe("NDIS_STATUS_RESOURCES");
  expect(codeOf(() => ndis.createNetBufferPool())).toBe("NDIS_STATUS_RESOURCES");
  ndis.machine.nonpaged.fault = () => false;
  expect(pool.allocate().live).toBe(true);
});

it("is the pool of the DDI face under the same handle", () => {
  const ddi = createDdi(ndis.machine);
  const pool = ndis.createNetBufferPool({ dataSize: 64 });
  const address = ddi.NdisAllocateNetBufferMdlAndData(pool.handle);
  expect(pool.live).toBe(1);
  const nb = ndis.netBufferAt(address);
  expect([nb.address, nb.pool]).toEqual([address, pool]);
  nb.free();
  expect(pool.live).toBe(0);
  ddi.NdisFreeNetBufferPool(pool.handle);
  expect(codeOf(() => pool.allocate())).toBe("POOL-HANDLE");
});

describe("many at once", () => {
  const MANY = 600;
  const held = (): NetBuffer[] => new Array<NetBuffer>(MANY);
  /** Everything of a NET_BUFFER's slot in front of the data, but for the state of the free list in it. */
  const head = (nb: NetBuffer): Uint8Array => ndis.machine.memory.u8.slice(nb.address, nb.address + 144);

  it("are written as one by one, all fields of a slot that was used", () => {
    const pool = ndis.createNetBufferPool({ dataSize: 100 });
    const many = held();
    const all = Array.from({ length: MANY }, () => pool.allocate());
    const before = new Map(all.map((nb) => [nb, head(nb)]));
    for (const nb of all) {
      nb.free();
      // What a driver may write: everything but the link of the free list and the prefix of the MDL.
      const { u32 } = ndis.machine.memory;
      const w = nb.address >>> 2;
      for (const [from, to] of [
        [0, 8],
        [9, 24],
        [26, 34],
      ])
        u32.fill(0xaaaa_aaaa, w + from, w + to);
    }
    pool.allocateMany(many);
    expect(new Set(many)).toEqual(new Set(all));
    for (const nb of many) expect(head(nb)).toEqual(before.get(nb));
    expect([pool.live, pool.peak, pool.allocations]).toEqual([MANY, MANY, 2 * MANY]);
    pool.freeMany(many);
    pool.dispose();
  });

  it("come from the free list and beyond it, and go back to it", () => {
    const pool = ndis.createNetBufferPool({ dataSize: 100 });
    const many = held();
    pool.allocateMany(many, 3);
    pool.freeMany(many, 2);
    const [, , third] = many;
    pool.allocateMany(many, 400);
    expect([pool.live, pool.peak, new Set(many.slice(0, 400)).has(third)]).toEqual([401, 401, false]);
    many[1].write(bytes(50));
    many[2].retreat(14);
    pool.freeMany(many, 400);
    third.free();
    expect([pool.live, many[1].live, many[2].live]).toEqual([0, false, false]);
    const { liveBlocks } = ndis.machine.nonpaged;
    pool.allocateMany(many);
    pool.freeMany(many);
    expect(ndis.machine.nonpaged.liveBlocks).toBeGreaterThanOrEqual(liveBlocks);
    pool.dispose();
    expect(ndis.machine.pools.report().at(-1)).toMatchObject({ live: 0, freed: true });
  });

  it("are bare from a pool without data", () => {
    const pool = ndis.createNetBufferPool();
    const many = held();
    pool.allocateMany(many, 5);
    expect(many.slice(0, 5).map((nb) => nb.firstMdl)).toEqual(Array(5).fill(undefined));
    pool.freeMany(many, 5);
    expect(pool.live).toBe(0);
  });

  it("are all or none when memory runs out", () => {
    const pool = ndis.createNetBufferPool({ dataSize: 2048 });
    const many = new Array<NetBuffer>(2000);
    expect(codeOf(() => pool.allocateMany(many))).toBe("NDIS_STATUS_RESOURCES");
    expect(pool.live).toBe(0);
    expect(codeOf(() => pool.allocateMany(many, -1))).toBe("NDIS_STATUS_INVALID_PARAMETER");
  });

  it("of which one cannot be freed leave those before it freed, and no other", () => {
    const pool = ndis.createNetBufferPool({ dataSize: 64 });
    const other = new Ndis({ memorySize: 1 << 20 }).createNetBufferPool({ dataSize: 64 });
    const many = held();
    pool.allocateMany(many, 4);
    many[2].free();
    expect(codeOf(() => pool.freeMany(many, 4))).toBe("NB-DFREE");
    expect(many.slice(0, 4).map((nb) => nb.live)).toEqual([false, false, false, true]);
    const foreign = other.allocate();
    pool.freeMany([foreign, many[3]]);
    expect([pool.live, other.live]).toEqual([0, 0]);
  });
});
