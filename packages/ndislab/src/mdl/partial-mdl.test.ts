import { beforeEach, describe, expect, it } from "vitest";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { readField, writeFields } from "../memory/fields.js";
import { Lab, patternByte } from "../testing/lab.js";
import { memberValues } from "../testing/member-values.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { spanPages } from "./mdl.js";
import { PartialMdlFault } from "./partial-mdl.js";

const SIZE = 5 * 4096;
const { MDL_ALLOCATED_FIXED_SIZE, MDL_MAPPED_TO_SYSTEM_VA, MDL_NETWORK_HEADER, MDL_PAGES_LOCKED } = MDL_FLAGS;
const { MDL_PARENT_MAPPED_SYSTEM_VA, MDL_PARTIAL, MDL_SOURCE_IS_NONPAGED_POOL } = MDL_FLAGS;

let lab: Lab;
let block: number;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  block = lab.block(SIZE);
});

const frames = (mdl: number, pages: number): number[] =>
  Array.from({ length: pages }, (_, page) => lab.u32(lab.plain.MmGetMdlPfnArray(mdl) + 4 * page));

/** The three states a source can be in, with the flags of what is built from it. */
const SOURCES = [
  { source: "nonpaged", flags: MDL_PARTIAL | MDL_SOURCE_IS_NONPAGED_POOL, hasAddress: true },
  { source: "locked", flags: MDL_PARTIAL, hasAddress: false },
  {
    source: "locked and mapped",
    flags: MDL_PARTIAL | MDL_MAPPED_TO_SYSTEM_VA | MDL_PARENT_MAPPED_SYSTEM_VA,
    hasAddress: true,
  },
] as const;

function sourceMdl(kind: (typeof SOURCES)[number]["source"], offset: number, length: number): number {
  const mdl = lab.plain.IoAllocateMdl(block + offset, length, 0, 0, 0);
  if (kind === "nonpaged") lab.plain.MmBuildMdlForNonPagedPool(mdl);
  else lab.plain.MmProbeAndLockPages(mdl, 0, 0);
  if (kind === "locked and mapped") lab.plain.MmGetSystemAddressForMdlSafe(mdl, 16);
  return mdl;
}

const target = (address: number, length: number): number => lab.plain.IoAllocateMdl(address, length, 0, 0, 0);

/** F5-70. */
describe.each(SOURCES)("IoBuildPartialMdl from a source that is $source", ({ source: kind, flags, hasAddress }) => {
  it.each([
    [0, SIZE, 0, SIZE],
    [0, SIZE, 0, 1],
    [0, SIZE, SIZE - 1, 1],
    [1, 5000, 0, 5000],
    [1, 5000, 4095, 905],
    [4095, 2, 0, 2],
    [4095, 2, 1, 1],
    [123, 10_000, 5000, 4096],
    [123, 10_000, 3973, 4096],
    [123, 10_000, 3972, 4097],
  ])("bytes [%i, +%i): %i bytes skipped, %i taken", (offset, length, skipped, count) => {
    const source = sourceMdl(kind, offset, length);
    const address = block + offset + skipped;
    const mdl = target(address, count);
    lab.plain.IoBuildPartialMdl(source, mdl, address, count);
    const pages = spanPages(address, count);
    expect(memberValues(lab.machine.memory, MDL, mdl)).toEqual({
      Next: 0,
      Size: 28 + 4 * pages,
      MdlFlags: flags,
      Process: 0,
      MappedSystemVa: hasAddress ? address : 0,
      StartVa: address & -4096,
      ByteCount: count,
      ByteOffset: address & 0xfff,
    });
    expect(frames(mdl, pages)).toEqual(Array.from({ length: pages }, (_, page) => (address >>> 12) + page));
    expect(lab.plain.MmGetSystemAddressForMdlSafe(mdl, 16)).toBe(address);
    expect(lab.machine.memory.u8[address]).toBe(patternByte(address));
  });

  it("length 0 goes to the end of the source", () => {
    const source = sourceMdl(kind, 100, 9000);
    const mdl = target(block + 100, 9000);
    lab.plain.IoBuildPartialMdl(source, mdl, block + 4196, 0);
    expect(lab.plain.MmGetMdlByteCount(mdl)).toBe(9000 - 4096);
    lab.plain.IoBuildPartialMdl(source, mdl, block + 9100, 0);
    expect(lab.plain.MmGetMdlByteCount(mdl)).toBe(0);
  });
});

it("the page numbers are the source's, whatever they are", () => {
  const source = sourceMdl("locked", 123, 10_000);
  for (let page = 0; page < 3; page++) lab.setU32(lab.plain.MmGetMdlPfnArray(source) + 4 * page, 0x700 + 3 * page);
  const mdl = target(block + 5123, 6000);
  lab.plain.IoBuildPartialMdl(source, mdl, block + 5123, 3100);
  expect(frames(mdl, 2)).toEqual([0x703, 0x706]);
});

it("of a target only its own storage and Next stay", () => {
  const source = sourceMdl("nonpaged", 0, 5000);
  const mdl = target(block, 5000);
  const next = lab.chain([1]);
  writeFields(lab.machine.memory, MDL, mdl, {
    Next: next,
    MdlFlags: MDL_ALLOCATED_FIXED_SIZE | MDL_PAGES_LOCKED | MDL_NETWORK_HEADER | MDL_MAPPED_TO_SYSTEM_VA,
  });
  const before = new MemorySnapshot(lab.machine.memory);
  lab.plain.IoBuildPartialMdl(source, mdl, block + 4090, 10);
  before.expectChangesOnlyIn([mdl + MDL.offset.MdlFlags, mdl + MDL.size + 8]);
  expect(readField(lab.machine.memory, MDL, mdl, "Next")).toBe(next);
  expect(readField(lab.machine.memory, MDL, mdl, "MdlFlags")).toBe(
    MDL_ALLOCATED_FIXED_SIZE | MDL_PARTIAL | MDL_SOURCE_IS_NONPAGED_POOL,
  );
});

it("a partial MDL of a partial MDL has the address of both", () => {
  const source = sourceMdl("locked and mapped", 10, 9000);
  const outer = target(block + 10, 9000);
  const inner = target(block + 10, 9000);
  lab.plain.IoBuildPartialMdl(source, outer, block + 5000, 3000);
  lab.plain.IoBuildPartialMdl(outer, inner, block + 6000, 0);
  lab.machine.mappings.fault = () => true;
  expect(lab.plain.MmGetSystemAddressForMdlSafe(inner, 16)).toBe(block + 6000);
  expect(lab.plain.MmGetMdlByteCount(inner)).toBe(2000);
});

describe("a partial MDL that cannot be", () => {
  it.each([
    ["starts before its source", -1, 1],
    ["starts behind its source", 5001, 0],
    ["goes on behind its source", 1, 5000],
    ["has all the bytes there are", 0, 0xffff_ffff],
  ])("%s", (_, skipped, length) => {
    const source = sourceMdl("nonpaged", 100, 5000);
    const mdl = target(block, SIZE);
    const before = new MemorySnapshot(lab.machine.memory);
    expect(() => lab.plain.IoBuildPartialMdl(source, mdl, block + 100 + skipped, length)).toThrow(PartialMdlFault);
    before.expectChangesOnlyIn();
  });

  it("needs more page numbers than the target has", () => {
    const source = sourceMdl("nonpaged", 0, SIZE);
    const mdl = target(block, 4096);
    expect(() => lab.plain.IoBuildPartialMdl(source, mdl, block + 1, 4096)).toThrow("TARGET_MDL_TOO_SMALL");
    lab.plain.IoBuildPartialMdl(source, mdl, block + 1, 4095);
  });
});
