import { beforeEach, describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { readField } from "../memory/fields.js";
import { Lab, TAG } from "../testing/lab.js";

let lab: Lab;
let block: number;
let mdl: number;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  block = lab.block(20_000);
  mdl = lab.plain.IoAllocateMdl(block + 10, 4096, 0, 0, 0);
  lab.plain.MmProbeAndLockPages(mdl, 0, 0);
});

const map = (range: number, tag = TAG): number => lab.plain.MmMapLockedPagesWithReservedMapping(range, tag, mdl, 1);

describe("a reserved mapping", () => {
  it("never fails for want of resources, and its MappedSystemVa is that of the page", () => {
    const range = lab.plain.MmAllocateMappingAddress(8192, TAG);
    lab.machine.mappings.fault = () => true;
    expect(map(range)).toBe(block + 10);
    expect(readField(lab.machine.memory, MDL, mdl, "MappedSystemVa")).toBe(block);
    lab.plain.MmUnmapReservedMapping(range, TAG, mdl);
    expect(readField(lab.machine.memory, MDL, mdl, "MappedSystemVa")).toBe(0);
    expect(map(range)).toBe(block + 10);
  });

  it("gives NULL when the range is too small, in use, of another tag or none", () => {
    const small = lab.plain.MmAllocateMappingAddress(4096, TAG);
    const range = lab.plain.MmAllocateMappingAddress(4097, TAG);
    expect([map(small), map(range, TAG + 1), map(0), map(block)]).toEqual([0, 0, 0, 0]);
    expect(map(range)).toBe(block + 10);
    expect(map(range)).toBe(0);
  });

  it("is given back when nothing is mapped there, under its tag", () => {
    const { liveBlocks } = lab.machine.nonpaged;
    const { reservedMappings } = lab.machine;
    const range = lab.plain.MmAllocateMappingAddress(8192, TAG);
    map(range);
    expect(reservedMappings.release(range, TAG)).toBe(false);
    expect([reservedMappings.unmap(range, TAG, block), reservedMappings.unmap(range, TAG + 1, mdl)]).toEqual([
      false,
      false,
    ]);
    lab.plain.MmUnmapReservedMapping(range, TAG, mdl);
    expect(reservedMappings.unmap(range, TAG, 0)).toBe(false);
    lab.plain.MmFreeMappingAddress(range, TAG + 1);
    lab.plain.MmFreeMappingAddress(range, TAG);
    expect([map(range), lab.machine.nonpaged.liveBlocks]).toEqual([0, liveBlocks]);
  });

  it("is NULL when there is no memory", () => {
    lab.machine.nonpaged.fault = () => true;
    expect(lab.plain.MmAllocateMappingAddress(1, TAG)).toBe(0);
  });
});
