import { beforeEach, describe, expect, it } from "vitest";
import { createDdi } from "../ddi/table.js";
import { Ndis } from "./ndis.js";
import { bytes, chainOf, codeOf } from "./testing/objects.js";

let ndis: Ndis;

beforeEach(() => {
  ndis = new Ndis({ memorySize: 2 << 20 });
});

it("describes bytes of a block, in place", () => {
  const memory = ndis.allocateMemory(8192);
  memory.data.set(bytes(8192));
  const mdl = ndis.allocateMdl(memory, 100, 5000);
  expect([mdl.length, mdl.pages, mdl.next, mdl.data]).toEqual([5000, 2, undefined, bytes(8192).subarray(100, 5100)]);
  expect(mdl.data).toBe(mdl.data);
  mdl.data[0] = 0xee;
  expect(memory.data[100]).toBe(0xee);
  mdl.free();
  expect([mdl.live, memory.live]).toEqual([false, true]);
});

it("describes the rest of the block when no length is given", () => {
  const memory = ndis.allocateMemory(100);
  expect(ndis.allocateMdl(memory, 30).length).toBe(70);
});

it("refuses bytes that are not there, and memory that is not", () => {
  const memory = ndis.allocateMemory(100);
  expect(codeOf(() => ndis.allocateMdl(memory, 30, 71))).toBe("BUF-RANGE");
  expect(codeOf(() => ndis.allocateMdl(memory, -1, 1))).toBe("NDIS_STATUS_INVALID_PARAMETER");
  expect(codeOf(() => new Ndis({ memorySize: 1 << 20 }).allocateMdl(memory))).toBe("POOL-HANDLE");
  memory.free();
  expect(codeOf(() => ndis.allocateMdl(memory))).toBe("MEM-BADADDR");
  expect(codeOf(() => memory.free())).toBe("MEM-DFREE");
});

it("describes fewer bytes and again as many, not more than its memory has", () => {
  const mdl = ndis.allocateMdl(ndis.allocateMemory(100));
  mdl.length = 40;
  expect([mdl.length, mdl.data.length]).toEqual([40, 40]);
  mdl.length = 100;
  expect(codeOf(() => (mdl.length = 101))).toBe("BUF-RANGE");
  const paged = ndis.allocateMdl(ndis.allocateMemory(3 * 4096), 0, 100);
  paged.length = 4096;
  expect(codeOf(() => (paged.length = 4097))).toBe("BUF-RANGE");
  const embedded = ndis.createNetBufferPool({ dataSize: 64 }).allocate().firstMdl;
  expect(embedded).toBeDefined();
  if (embedded !== undefined) expect(codeOf(() => (embedded.length = 65))).toBe("BUF-RANGE");
});

it("forms chains that end", () => {
  const a = chainOf(ndis, [1, 2, 3]);
  const b = a.next;
  expect([a.length, b?.length, b?.next?.length, b?.next?.next]).toEqual([1, 2, 3, undefined]);
  const last = b?.next;
  if (last !== undefined) expect(codeOf(() => (last.next = a))).toBe("CHAIN-CYCLE");
  expect(codeOf(() => (a.next = a))).toBe("CHAIN-CYCLE");
  expect(codeOf(() => (a.next = chainOf(new Ndis({ memorySize: 1 << 20 }), [1])))).toBe("POOL-HANDLE");
  a.next = undefined;
  expect(a.next).toBeUndefined();
});

it("is refused after free", () => {
  const mdl = chainOf(ndis, [10]);
  mdl.free();
  for (const action of [() => mdl.length, () => mdl.data, () => mdl.next, () => mdl.pages, () => (mdl.length = 1)])
    expect(codeOf(action)).toBe("BUF-NOTPOOL");
  expect(codeOf(() => mdl.free())).toBe("MDL-DFREE");
});

it("cannot be freed alone when it came with a NET_BUFFER or a retreat", () => {
  const nb = ndis.createNetBufferPool({ dataSize: 64 }).allocate();
  const own = nb.firstMdl;
  nb.retreat(10);
  expect(codeOf(() => own?.free())).toBe("MDL-NOTALONE");
  expect(codeOf(() => nb.firstMdl?.free())).toBe("MDL-NOTALONE");
  nb.free();
  expect(own?.live).toBe(false);
  expect(codeOf(() => own?.data)).toBe("BUF-NOTPOOL");
});

it("is one object for an MDL of the DDI face too", () => {
  const ddi = createDdi(ndis.machine);
  const { address } = ndis.allocateMemory(100);
  const io = ndis.mdlAt(ddi.IoAllocateMdl(address, 100, 0, 0, 0));
  const own = ndis.mdlAt(ddi.NdisAllocateMdl(0, address, 50));
  expect([io.length, own.length]).toEqual([100, 50]);
  expect(ndis.mdlAt(io.address)).toBe(io);
  expect(codeOf(() => ndis.mdlAt(address))).toBe("BUF-NOTPOOL");
});

describe("a part of an MDL", () => {
  it("describes bytes of the whole, in place, and is freed before it", () => {
    const memory = ndis.allocateMemory(9000);
    memory.data.set(bytes(9000));
    const whole = ndis.allocateMdl(memory, 100, 8000);
    const part = whole.part(5000, 200);
    expect([part.length, part.whole, part.pages]).toEqual([200, whole, 1]);
    expect(part.data).toEqual(bytes(9000).subarray(5100, 5300));
    expect(whole.part(7999).length).toBe(1);
    expect(codeOf(() => whole.free())).toBe("MDL-PARTIALSRC");
    const inner = part.part(10, 20);
    expect(inner.data).toEqual(bytes(9000).subarray(5110, 5130));
    expect(codeOf(() => part.free())).toBe("MDL-PARTIALSRC");
    inner.free();
    part.free();
    expect(codeOf(() => part.free())).toBe("MDL-DFREE");
    expect(part.whole).toBeUndefined();
  });

  it("lets the whole go when the last one is gone", () => {
    const whole = ndis.allocateMdl(ndis.allocateMemory(100));
    const parts = [whole.part(0, 50), whole.part(50), whole.part(100)];
    expect(parts.map(({ length }) => length)).toEqual([50, 50, 0]);
    for (const part of parts) {
      expect(codeOf(() => whole.free())).toBe("MDL-PARTIALSRC");
      part.free();
    }
    whole.free();
    expect(whole.live).toBe(false);
  });

  it("has no bytes that the whole has not, now or later", () => {
    const whole = ndis.allocateMdl(ndis.allocateMemory(100), 0, 60);
    expect(codeOf(() => whole.part(30, 31))).toBe("BUF-RANGE");
    expect(codeOf(() => whole.part(61))).toBe("NDIS_STATUS_INVALID_PARAMETER");
    expect(codeOf(() => whole.part(-1, 1))).toBe("NDIS_STATUS_INVALID_PARAMETER");
    const part = whole.part(30, 10);
    part.length = 30;
    expect(codeOf(() => (part.length = 31))).toBe("BUF-RANGE");
  });

  it("of the MDL of a NET_BUFFER has its data", () => {
    const packet = ndis.createNetBufferPool({ dataSize: 64 }).allocate();
    packet.write(bytes(64));
    const part = packet.firstMdl?.part(10, 5);
    expect(part?.data).toEqual(bytes(64).subarray(10, 15));
    part?.free();
  });

  it("is not there when memory is short, and nothing is lost", () => {
    const whole = ndis.allocateMdl(ndis.allocateMemory(300_000));
    ndis.machine.nonpaged.fault = () => true;
    expect(codeOf(() => whole.part(0, 200_000))).toBe("NDIS_STATUS_RESOURCES");
    ndis.machine.nonpaged.fault = () => false;
    whole.free();
  });
});

it("maps pages that are only locked when their bytes are asked for", () => {
  const ddi = createDdi(ndis.machine);
  const memory = ndis.allocateMemory(100);
  const address = ddi.IoAllocateMdl(memory.address, 100, 0, 0, 0);
  ddi.MmProbeAndLockPages(address, 0, 0);
  const mdl = ndis.mdlAt(address);
  ndis.machine.mappings.fault = () => true;
  expect(codeOf(() => mdl.data)).toBe("NDIS_STATUS_RESOURCES");
  const part = mdl.part(10);
  expect(codeOf(() => part.data)).toBe("NDIS_STATUS_RESOURCES");
  ndis.machine.mappings.fault = () => false;
  memory.data[10] = 0x42;
  expect([part.data[0], mdl.data[10]]).toEqual([0x42, 0x42]);
});
