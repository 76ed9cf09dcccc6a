import { beforeEach, describe, expect, it } from "vitest";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { readField, writeFields } from "../memory/fields.js";
import { Lab } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { MappingFault, UnlockedMdlFault } from "./mappings.js";

const { MDL_MAPPED_TO_SYSTEM_VA, MDL_PAGES_LOCKED, MDL_PARENT_MAPPED_SYSTEM_VA, MDL_PARTIAL } = MDL_FLAGS;
const { MDL_PARTIAL_HAS_BEEN_MAPPED, MDL_SOURCE_IS_NONPAGED_POOL, MDL_WRITE_OPERATION } = MDL_FLAGS;

let lab: Lab;
let block: number;
/** MDLs that were asked for when a mapping had to be made. */
let asked: number[];

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  block = lab.block(20_000);
  asked = [];
});

const member = (mdl: number, name: "MdlFlags" | "MappedSystemVa" | "ByteCount"): number =>
  readField(lab.machine.memory, MDL, mdl, name);
const flags = (mdl: number): number => member(mdl, "MdlFlags");

/** An MDL of IoAllocateMdl whose pages are locked and no more. */
function locked(offset: number, length: number): number {
  const mdl = lab.plain.IoAllocateMdl(block + offset, length, 0, 0, 0);
  lab.plain.MmProbeAndLockPages(mdl, 0, 1);
  return mdl;
}

const failing = (answer: boolean): void => {
  lab.machine.mappings.fault = (mdl) => {
    asked.push(mdl);
    return answer;
  };
};

const WAYS = {
  MmGetSystemAddressForMdlSafe: (mdl: number) => lab.plain.MmGetSystemAddressForMdlSafe(mdl, 16),
  MmMapLockedPagesSpecifyCache: (mdl: number) => lab.plain.MmMapLockedPagesSpecifyCache(mdl, 0, 1, 0, 0, 16),
  NdisQueryMdl: (mdl: number) => {
    lab.plain.NdisQueryMdl(mdl, lab.out, lab.length, 16);
    expect(lab.u32(lab.length)).toBe(member(mdl, "ByteCount"));
    return lab.u32(lab.out);
  },
};

/** F5-71. */
describe.each(Object.entries(WAYS))("%s", (_, address) => {
  it("maps an MDL whose pages are only locked, once", () => {
    const mdl = locked(77, 5000);
    failing(false);
    expect(member(mdl, "MappedSystemVa")).toBe(0);
    expect([address(mdl), address(mdl)]).toEqual([block + 77, block + 77]);
    expect(asked).toEqual([mdl]);
    expect([member(mdl, "MappedSystemVa"), flags(mdl)]).toEqual([
      block + 77,
      MDL_PAGES_LOCKED | MDL_WRITE_OPERATION | MDL_MAPPED_TO_SYSTEM_VA,
    ]);
  });

  it("gives NULL when the mapping fails, and changes nothing of the MDL", () => {
    const mdl = locked(77, 5000);
    failing(true);
    const before = new MemorySnapshot(lab.machine.memory);
    expect(address(mdl)).toBe(0);
    before.expectChangesOnlyIn([lab.out, lab.out + 12]);
    failing(false);
    expect(address(mdl)).toBe(block + 77);
  });

  it("never fails for nonpaged memory, which has an address", () => {
    failing(true);
    const mdls = [lab.plain.NdisAllocateMdl(0, block + 5, 10), lab.plain.IoAllocateMdl(block + 5, 10, 0, 0, 0)];
    lab.plain.MmBuildMdlForNonPagedPool(mdls[1]);
    for (const mdl of mdls) expect(address(mdl)).toBe(block + 5);
    expect(asked).toEqual([]);
  });

  it("stops at an MDL that has no pages yet", () => {
    const mdl = lab.plain.IoAllocateMdl(block, 10, 0, 0, 0);
    expect(() => address(mdl)).toThrow(UnlockedMdlFault);
  });
});

describe("a function that cannot fail", () => {
  const UNSAFE = {
    MmGetSystemAddressForMdl: (mdl: number) => lab.plain.MmGetSystemAddressForMdl(mdl),
    MmMapLockedPages: (mdl: number) => lab.plain.MmMapLockedPages(mdl, 0),
    "MmMapLockedPagesSpecifyCache with BugCheckOnFailure": (mdl: number) =>
      lab.plain.MmMapLockedPagesSpecifyCache(mdl, 0, 1, 0, 1, 16),
  };
  it.each(Object.entries(UNSAFE))("%s ends the driver", (_, address) => {
    const mdl = locked(9, 90);
    failing(true);
    expect(() => address(mdl)).toThrow(MappingFault);
    failing(false);
    expect(address(mdl)).toBe(block + 9);
  });
});

describe("MmUnmapLockedPages", () => {
  it("takes the address of a locked MDL away", () => {
    const mdl = locked(77, 5000);
    lab.plain.MmUnmapLockedPages(lab.plain.MmGetSystemAddressForMdlSafe(mdl, 16), mdl);
    expect([member(mdl, "MappedSystemVa"), flags(mdl)]).toEqual([0, MDL_PAGES_LOCKED | MDL_WRITE_OPERATION]);
    failing(false);
    expect(lab.plain.MmGetSystemAddressForMdlSafe(mdl, 16)).toBe(block + 77);
    expect(asked).toEqual([mdl]);
  });

  it("leaves nonpaged memory where it is", () => {
    const mdl = lab.plain.NdisAllocateMdl(0, block, 10);
    const before = new MemorySnapshot(lab.machine.memory);
    lab.plain.MmUnmapLockedPages(block, mdl);
    before.expectChangesOnlyIn();
  });
});

describe("MmUnlockPages", () => {
  it("unmaps and unlocks", () => {
    const mdl = locked(77, 5000);
    lab.plain.MmGetSystemAddressForMdlSafe(mdl, 16);
    lab.plain.MmUnlockPages(mdl);
    expect([member(mdl, "MappedSystemVa"), flags(mdl)]).toEqual([0, 0]);
  });
});

describe("MmPrepareMdlForReuse", () => {
  it("gives back a mapping of a partial MDL's own, and no other", () => {
    const source = locked(0, 10_000);
    const target = lab.plain.IoAllocateMdl(block + 100, 500, 0, 0, 0);
    lab.plain.IoBuildPartialMdl(source, target, block + 100, 500);
    lab.plain.MmPrepareMdlForReuse(target);
    expect(flags(target)).toBe(MDL_PARTIAL);
    expect(lab.plain.MmGetSystemAddressForMdlSafe(target, 16)).toBe(block + 100);
    expect(flags(target)).toBe(MDL_PARTIAL | MDL_PARTIAL_HAS_BEEN_MAPPED | MDL_MAPPED_TO_SYSTEM_VA);
    lab.plain.MmPrepareMdlForReuse(target);
    expect([flags(target), member(target, "MappedSystemVa")]).toEqual([MDL_PARTIAL, 0]);

    lab.plain.MmGetSystemAddressForMdlSafe(source, 16);
    lab.plain.IoBuildPartialMdl(source, target, block + 100, 500);
    const shared = MDL_PARTIAL | MDL_PARENT_MAPPED_SYSTEM_VA | MDL_MAPPED_TO_SYSTEM_VA;
    expect(flags(target)).toBe(shared);
    lab.plain.MmPrepareMdlForReuse(target);
    lab.plain.MmPrepareMdlForReuse(source);
    expect([flags(target), flags(source) & MDL_MAPPED_TO_SYSTEM_VA]).toEqual([shared, MDL_MAPPED_TO_SYSTEM_VA]);
  });
});

it("a system address at the end of the space is mapped as any other", () => {
  const mdl = lab.plain.NdisAllocateMdl(0, block, 10);
  writeFields(lab.machine.memory, MDL, mdl, { MappedSystemVa: 0xffff_f001, MdlFlags: MDL_SOURCE_IS_NONPAGED_POOL });
  expect(lab.machine.mappings.map(mdl)).toBe(0xffff_f001);
});
