import { expect, it } from "vitest";
import { Machine } from "../ddi/machine.js";
import { createDdi } from "../ddi/table.js";
import { poolTag } from "../memory/tag.js";
import { Ndis } from "./ndis.js";
import { bytes, codeOf } from "./testing/objects.js";

it("stands over a machine that is there already, and sees what its DDI face made", () => {
  const machine = new Machine({ memorySize: 1 << 20 });
  const ddi = createDdi(machine);
  const handle = machine.netBuffers.create(poolTag("Test"), 64);
  const ndis = new Ndis(machine);
  const nb = ndis.netBufferAt(ddi.NdisAllocateNetBufferMdlAndData(handle));
  nb.write(bytes(10));
  expect([nb.pool.handle, nb.pool.live, nb.firstMdl?.length]).toEqual([handle, 1, 64]);
  const lists = machine.netBufferLists.create({ tag: 0, allocateNetBuffer: true });
  const list = ndis.netBufferListAt(ddi.NdisAllocateNetBufferList(lists, 0, 0));
  expect([list.pool.handle, list.first?.pool]).toEqual([lists, list.pool]);
  ndis.dispose(); // these pools are the DDI face's to free
});

it("finds no object where none is alive", () => {
  const ndis = new Ndis({ memorySize: 1 << 20 });
  const pool = ndis.createNetBufferPool({ dataSize: 64 });
  const nb = pool.allocate();
  const memory = ndis.allocateMemory(256);
  memory.data.fill(0);
  for (const address of [0, 4, memory.address, nb.address + 4, 0x7fff_fff8]) {
    expect(codeOf(() => ndis.netBufferAt(address))).toBe("NB-NOTPOOL");
    expect(codeOf(() => ndis.netBufferListAt(address))).toBe("NBL-NOTPOOL");
  }
  nb.free();
  expect(codeOf(() => ndis.netBufferAt(nb.address))).toBe("NB-NOTPOOL");
});

it("is not disposed before what came from it, and says what that is", () => {
  const ndis = new Ndis({ memorySize: 1 << 20 });
  const pool = ndis.createNetBufferPool();
  const memory = ndis.allocateMemory(100);
  const mdl = ndis.allocateMdl(memory);
  ndis.allocateMemory(1).free();
  expect(() => ndis.dispose()).toThrow(
    "The machine cannot be disposed before what came from it: 1 pool, 1 block, 1 MDL.",
  );
  expect(codeOf(() => ndis.dispose())).toBe("POOL-LEAK");
  pool.dispose();
  expect(codeOf(() => ndis.dispose())).toBe("MEM-LEAK");
  memory.free();
  expect(codeOf(() => ndis.dispose())).toBe("MDL-LEAK");
  mdl.free();
  ndis.dispose();
});

it("gives memory with a tag that reads as it was given", () => {
  const ndis = new Ndis({ memorySize: 1 << 20 });
  const memory = ndis.allocateMemory(100, "Demo");
  expect(ndis.machine.nonpaged.find(memory.address)?.tag).toBe(poolTag("omeD"));
  expect([memory.size, memory.data.length, memory.data.byteOffset]).toEqual([100, 100, memory.address]);
  expect(codeOf(() => ndis.allocateMemory(100, "too long"))).toBe("NDIS_STATUS_INVALID_PARAMETER");
  expect(codeOf(() => ndis.allocateMemory(-1))).toBe("NDIS_STATUS_INVALID_PARAMETER");
  expect(codeOf(() => ndis.allocateMemory(1 << 21))).toBe("NDIS_STATUS_RESOURCES");
  expect(codeOf(() => ndis.createNetBufferPool({ dataSize: 1 << 30 }))).toBe("NDIS_STATUS_RESOURCES");
});
