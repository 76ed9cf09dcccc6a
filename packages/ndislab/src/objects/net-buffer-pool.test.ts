import { beforeEach, expect, it } from "vitest";
import { createDdi } from "../ddi/table.js";
import { Ndis } from "./ndis.js";
import { NdisError } from "./ndis-error.js";
import { chainOf, codeOf } from "./testing/objects.js";

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
