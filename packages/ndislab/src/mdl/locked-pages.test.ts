import { beforeEach, describe, expect, it } from "vitest";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { LOCK_OPERATION } from "../layout/memory-manager.js";
import { readField } from "../memory/fields.js";
import { Lab } from "../testing/lab.js";
import { memberValues } from "../testing/member-values.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { ProbeFault } from "./locked-pages.js";

const { MDL_PAGES_LOCKED, MDL_SOURCE_IS_NONPAGED_POOL, MDL_WRITE_OPERATION } = MDL_FLAGS;
const { IoReadAccess, IoWriteAccess, IoModifyAccess } = LOCK_OPERATION.values;

let lab: Lab;
let block: number;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  block = lab.block(20_000);
});

const flags = (mdl: number): number => readField(lab.machine.memory, MDL, mdl, "MdlFlags");
const frames = (mdl: number, count: number): number[] =>
  Array.from({ length: count }, (_, page) => lab.u32(lab.plain.MmGetMdlPfnArray(mdl) + 4 * page));

describe("MmProbeAndLockPages", () => {
  it("fills in the page numbers, and gives no address", () => {
    lab.poison();
    const mdl = lab.plain.IoAllocateMdl(block + 4095, 4098, 0, 0, 0);
    lab.plain.MmProbeAndLockPages(mdl, 0, IoReadAccess);
    expect(frames(mdl, 3)).toEqual([0, 1, 2].map((page) => (block >>> 12) + page));
    expect([flags(mdl), readField(lab.machine.memory, MDL, mdl, "MappedSystemVa")]).toEqual([MDL_PAGES_LOCKED, 0]);
  });

  it("says whether the pages are to be written", () => {
    const mdl = lab.plain.IoAllocateMdl(block, 1, 0, 0, 0);
    for (const [operation, expected] of [
      [IoWriteAccess, MDL_PAGES_LOCKED | MDL_WRITE_OPERATION],
      [IoReadAccess, MDL_PAGES_LOCKED],
      [IoModifyAccess, MDL_PAGES_LOCKED | MDL_WRITE_OPERATION],
    ]) {
      lab.plain.MmProbeAndLockPages(mdl, 0, operation);
      expect(flags(mdl)).toBe(expected);
      lab.plain.MmUnlockPages(mdl);
      expect(flags(mdl)).toBe(0);
    }
  });

  it.each([
    ["at NULL", 0, 1],
    ["behind the end", (1 << 20) - 10, 11],
    ["that wraps", 0xffff_fff0, 0x20],
  ])("of a range %s raises an exception, and changes nothing", (_, address, length) => {
    const mdl = lab.plain.IoAllocateMdl(address, length, 0, 0, 0);
    const before = new MemorySnapshot(lab.machine.memory);
    expect(() => lab.plain.MmProbeAndLockPages(mdl, 0, IoReadAccess)).toThrow(ProbeFault);
    before.expectChangesOnlyIn();
  });
});

/** F5-69. */
describe("MmBuildMdlForNonPagedPool", () => {
  it("completes an MDL in the driver's own memory", () => {
    const size = lab.plain.MmSizeOfMdl(block + 10, 9000);
    const mdl = lab.block(size);
    lab.plain.MmInitializeMdl(mdl, block + 10, 9000);
    lab.plain.MmBuildMdlForNonPagedPool(mdl);
    expect(memberValues(lab.machine.memory, MDL, mdl)).toEqual({
      Next: 0,
      Size: 28 + 4 * 3,
      MdlFlags: MDL_SOURCE_IS_NONPAGED_POOL,
      Process: 0,
      MappedSystemVa: block + 10,
      StartVa: block,
      ByteCount: 9000,
      ByteOffset: 10,
    });
    expect(frames(mdl, 3)).toEqual([0, 1, 2].map((page) => (block >>> 12) + page));
  });

  it("regression: writes no page number where MmSizeOfMdl left no room for one", () => {
    const mdl = lab.block(lab.plain.MmSizeOfMdl(block, 0));
    lab.plain.MmInitializeMdl(mdl, block, 0);
    lab.plain.MmBuildMdlForNonPagedPool(mdl);
    expect(lab.machine.nonpaged.overrun(mdl)).toBe(-1);
  });
});

describe("MmInitializeMdl", () => {
  it("writes what it knows, and leaves Process and MappedSystemVa as they were", () => {
    const mdl = lab.block(64);
    const { MappedSystemVa, Process } = memberValues(lab.machine.memory, MDL, mdl);
    lab.plain.MmInitializeMdl(mdl, block + 4095, 2);
    expect(memberValues(lab.machine.memory, MDL, mdl)).toEqual({
      Next: 0,
      Size: 28 + 4 * 2,
      MdlFlags: 0,
      Process,
      MappedSystemVa,
      StartVa: block,
      ByteCount: 2,
      ByteOffset: 4095,
    });
  });
});

describe("the parts of an MDL", () => {
  it("are told by macros", () => {
    const mdl = lab.plain.IoAllocateMdl(block + 5000, 77, 0, 0, 0);
    expect([
      lab.plain.MmGetMdlBaseVa(mdl),
      lab.plain.MmGetMdlByteOffset(mdl),
      lab.plain.MmGetMdlVirtualAddress(mdl),
      lab.plain.MmGetMdlByteCount(mdl),
      lab.plain.MmGetMdlPfnArray(mdl),
    ]).toEqual([block + 4096, 904, block + 5000, 77, mdl + 28]);
    lab.plain.NdisGetMdlPhysicalArraySize(mdl, lab.out);
    expect(lab.u32(lab.out)).toBe(1);
  });
});
