import { beforeEach, describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { Lab } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";

let lab: Lab;
let block: number;
let mdl: number;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  block = lab.block(10_000);
  mdl = lab.ddi.NdisAllocateMdl(0, block + 3, 5000);
});

/** ndis6 §7 and ndis5 §7. */
describe("an MDL of NdisAllocateMdl", () => {
  it("answers every question about its range", () => {
    lab.ddi.NdisQueryMdl(mdl, lab.out, lab.length, 16);
    expect([lab.u32(lab.out), lab.u32(lab.length)]).toEqual([block + 3, 5000]);
    lab.ddi.NdisQueryMdlOffset(mdl, lab.out, lab.length);
    expect([lab.u32(lab.out), lab.u32(lab.length)]).toEqual([(block + 3) & 0xfff, 5000]);
    expect(lab.ddi.MmGetSystemAddressForMdlSafe(mdl, 16)).toBe(block + 3);
    expect(lab.ddi.MmGetMdlVirtualAddress(mdl)).toBe(block + 3);
    expect([lab.ddi.MmGetMdlByteCount(mdl), lab.ddi.MmGetMdlByteOffset(mdl)]).toEqual([5000, (block + 3) & 0xfff]);
    expect(lab.ddi.NDIS_MDL_TO_SPAN_PAGES(mdl)).toBe(2);
  });

  it("is asked for its length alone with a NULL address", () => {
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi.NdisQueryMdl(mdl, 0, lab.length, 16);
    before.expectChangesOnlyIn([lab.length, lab.length + 4]);
  });

  it("is linked by hand", () => {
    const next = lab.ddi.NdisAllocateMdl(0, block, 1);
    lab.ddi.NDIS_MDL_LINKAGE.set(mdl, next);
    expect(lab.ddi.NDIS_MDL_LINKAGE(mdl)).toBe(next);
    lab.ddi.NdisGetNextMdl(mdl, lab.out);
    expect(lab.u32(lab.out)).toBe(next);
    lab.ddi.NdisGetNextMdl(next, lab.out);
    expect(lab.u32(lab.out)).toBe(0);
  });

  it("changes nothing but ByteCount when its length is adjusted", () => {
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi.NdisAdjustMdlLength(mdl, 77);
    expect(lab.ddi.MmGetMdlByteCount(mdl)).toBe(77);
    const { ByteCount } = MDL.offset;
    before.expectChangesOnlyIn([mdl + ByteCount, mdl + ByteCount + 4]);
  });

  it("of no bytes touches one page", () => {
    expect(lab.ddi.NDIS_MDL_TO_SPAN_PAGES(lab.ddi.NdisAllocateMdl(0, block, 0))).toBe(1);
  });

  it("is freed alone, and its memory stays", () => {
    const next = lab.ddi.NdisAllocateMdl(0, block, 1);
    lab.ddi.NDIS_MDL_LINKAGE.set(mdl, next);
    lab.ddi.NdisFreeMdl(mdl);
    lab.ddi.NdisFreeMdl(next);
    expect(lab.machine.nonpaged.find(block)?.live).toBe(true);
    expect(lab.rules).toEqual([]);
  });
});

it("MmSizeOfMdl says what an MDL over a range takes", () => {
  expect([lab.ddi.MmSizeOfMdl(0, 4096), lab.ddi.MmSizeOfMdl(1, 4096), lab.ddi.MmSizeOfMdl(0, 0)]).toEqual([32, 36, 28]);
});

it("IoFreeMdl is for what IoAllocateMdl made", () => {
  const io = lab.ddi.IoAllocateMdl(block, 100, 0, 0, 0);
  lab.ddi.IoFreeMdl(io);
  expect(lab.rules).toEqual([]);
});
