import { beforeEach, expect, it } from "vitest";
import { createDdi } from "../ddi/table.js";
import { Ndis } from "./ndis.js";
import { NdisBuffer } from "./ndis-buffer.js";
import { bytes, chainOf, codeOf } from "./testing/objects.js";

let ndis: Ndis;

beforeEach(() => {
  ndis = new Ndis({ memorySize: 2 << 20 });
});

it("gives as many descriptors as it was made for, and the same objects again", () => {
  using pool = ndis.createBufferPool(3);
  using memory = ndis.allocateMemory(300);
  const buffers = [0, 100, 200].map((offset) => pool.allocate(memory, offset, 100));
  expect([pool.limit, pool.live, new Set(buffers).size]).toEqual([3, 3, 3]);
  expect(codeOf(() => pool.allocate(memory))).toBe("POOL-EXHAUST");
  buffers[1].free();
  expect(pool.allocate(memory)).toBe(buffers[1]);
  expect(buffers[1].data.length).toBe(300);
  for (const buffer of buffers) buffer.free();
});

it("has no limit with the windows profile", () => {
  const pool = new Ndis({ memorySize: 1 << 20, profile: "windows" }).createBufferPool(1);
  const memory = pool.ndis.allocateMemory(10);
  expect([pool.allocate(memory), pool.allocate(memory)].map((buffer) => buffer.length)).toEqual([10, 10]);
});

it("copies a chain by new descriptors over the same bytes", () => {
  const pool = ndis.createBufferPool(4);
  const chain = chainOf(ndis, [10, 0, 20, 30]);
  for (let mdl: typeof chain | undefined = chain; mdl !== undefined; mdl = mdl.next) mdl.data.set(bytes(mdl.length));
  const copy = pool.copy(chain, 5, 30);
  expect(copy).toBeInstanceOf(NdisBuffer);
  expect([copy.length, copy.next?.length, copy.next?.next?.length]).toEqual([5, 20, 5]);
  expect(copy.data).toEqual(bytes(10).subarray(5));
  expect(copy.data.byteOffset).toBe(chain.data.byteOffset + 5);
  expect(copy.next).toBeInstanceOf(NdisBuffer);
  expect(codeOf(() => pool.copy(chain, 5, 30))).toBe("POOL-EXHAUST");
  expect(codeOf(() => pool.copy(chain, 5, 56))).toBe("BUF-RANGE");
  expect(codeOf(() => pool.copy(chain, 5, 0))).toBe("BUF-RANGE");
  expect(pool.live).toBe(3);
});

it("says so when memory is short", () => {
  const pool = ndis.createBufferPool(100);
  const memory = ndis.allocateMemory(100);
  ndis.machine.nonpaged.fault = () => true;
  expect(codeOf(() => pool.allocate(memory))).toBe("NDIS_STATUS_RESOURCES");
  expect(codeOf(() => ndis.createBufferPool(1))).toBe("NDIS_STATUS_RESOURCES");
});

it("refuses a second free, use after free, and dispose while descriptors are out", () => {
  const pool = ndis.createBufferPool(2);
  const memory = ndis.allocateMemory(100);
  const buffer = pool.allocate(memory);
  expect(() => pool.dispose()).toThrow("while 1 NDIS_BUFFER of it is not freed");
  buffer.free();
  expect(codeOf(() => buffer.free())).toBe("BUF-DFREE");
  expect(codeOf(() => buffer.length)).toBe("BUF-NOTPOOL");
  pool.dispose();
  expect(codeOf(() => buffer.free())).toBe("BUF-DFREE");
  expect(codeOf(() => pool.allocate(memory))).toBe("POOL-HANDLE");
});

it("is the pool of the DDI face under the same handle", () => {
  const ddi = createDdi(ndis.machine);
  const pool = ndis.createBufferPool(2);
  const memory = ndis.allocateMemory(100_000);
  ddi.NdisAllocateBuffer(
    ndis.machine.memory.scratch,
    ndis.machine.memory.scratch + 4,
    pool.handle,
    memory.address,
    100,
  );
  const buffer = ndis.mdlAt(ndis.machine.memory.u32[(ndis.machine.memory.scratch + 4) >>> 2]);
  expect(buffer).toBeInstanceOf(NdisBuffer);
  const large = pool.allocate(memory);
  expect([buffer.length, large.length, pool.live]).toEqual([100, 100_000, 2]);
  ddi.NdisFreeBuffer(large.address);
  buffer.free();
  expect(pool.live).toBe(0);
  expect(large.live).toBe(false);
});
