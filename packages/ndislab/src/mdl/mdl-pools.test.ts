import { describe, expect, it } from "vitest";
import { IRP } from "../layout/irp.js";
import { MDL } from "../layout/mdl.js";
import { readField, writeFields } from "../memory/fields.js";
import { mdlsOf } from "../testing/chain-model.js";
import { Lab, TAG } from "../testing/lab.js";
import { memberValues } from "../testing/member-values.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { UnlockedMdlFault } from "./mappings.js";
import { MDL_STATE, mdlAddress, mdlByteCount, spanPages } from "./mdl.js";

/** The longest range that fits a slot of 17 pages wherever it starts. */
const LONGEST_SLOT = 17 * 4096 - 4095;

function setUp(limit?: number) {
  const lab = new Lab();
  const { mdls, pools, nonpaged } = lab.machine;
  const pool = mdls.create(TAG, limit);
  return { lab, mdls, pools, nonpaged, pool };
}

describe("pooled MDLs", () => {
  it("come from slots up to 17 pages, and longer ones from blocks of their own", () => {
    const { lab, mdls, nonpaged, pool, pools } = setUp();
    const block = lab.block(200_000);
    for (const length of [1, 4096, LONGEST_SLOT, LONGEST_SLOT + 1, 150_000]) {
      const address = ((block + 4095) & -4096) + 4095;
      const mdl = mdls.allocate(pool, address, length);
      expect(mdls.stateOf(mdl)).toBe(length > LONGEST_SLOT ? MDL_STATE.large : MDL_STATE.pooled);
      expect([mdlAddress(lab.machine.memory, mdl), mdlByteCount(lab.machine.memory, mdl)]).toEqual([address, length]);
      const storage = nonpaged.find(mdl);
      expect(mdl + 28 + 4 * spanPages(address, length)).toBeLessThanOrEqual(
        (storage?.address ?? 0) + (storage?.size ?? 0),
      );
      expect(mdls.ownerOf(mdl)).toBe(pool);
      expect(nonpaged.overrun(storage?.address ?? 0)).toBe(-1);
      expect(mdls.free(mdl)).toBe(true);
    }
    expect(pools.live(pool)).toBe(0);
  });

  it("count against the limit whatever their length", () => {
    const { lab, mdls, pool, pools } = setUp(2);
    const block = lab.block(150_000);
    const large = mdls.allocate(pool, block, 150_000);
    const small = mdls.allocate(pool, block, 10);
    expect([mdls.allocate(pool, block, 10), mdls.allocate(pool, block, 150_000)]).toEqual([0, 0]);
    mdls.free(large);
    expect(mdls.allocate(pool, block, 10)).not.toBe(0);
    mdls.free(small);
    expect(pools.report().at(-1)).toMatchObject({ live: 1, peak: 2, allocations: 3 });
  });

  it("are 0 when memory is short, and then nothing is counted", () => {
    const { lab, mdls, nonpaged, pool, pools } = setUp();
    const block = lab.block(150_000);
    const { liveBytes } = nonpaged;
    nonpaged.fault = () => true;
    expect([
      mdls.allocate(pool, block, 10),
      mdls.allocate(pool, block, 150_000),
      mdls.allocateIo(block, 10, TAG),
    ]).toEqual([0, 0, 0]);
    expect(pools.report().at(-1)).toMatchObject({ live: 0, peak: 0, allocations: 0 });
    expect(nonpaged.liveBytes).toBe(liveBytes);
  });

  it("are not to be had from what is no live buffer pool", () => {
    const { lab, mdls, pools, pool } = setUp();
    pools.free(pool, "buffer");
    for (const handle of [0, 1, pool, lab.netBufferPool(), lab.block(64), 0xffff_fffc])
      expect(mdls.allocate(handle, 0x10_0000, 10)).toBe(0);
  });

  it("are freed once, small or large", () => {
    const { lab, mdls, pool, pools } = setUp();
    const block = lab.block(150_000);
    for (const length of [10, 150_000]) {
      const mdl = mdls.allocate(pool, block, length);
      expect([mdls.free(mdl), mdls.free(mdl)]).toEqual([true, false]);
      expect(pools.live(pool)).toBe(0);
    }
  });

  it("stay readable when their pool ends before them", () => {
    const { lab, mdls, pool, pools } = setUp();
    const block = lab.block(150_000);
    const zombies = [10, 150_000].map((length) => mdls.allocate(pool, block, length));
    pools.free(pool, "buffer");
    for (const mdl of zombies) {
      expect(mdlAddress(lab.machine.memory, mdl)).toBe(block);
      expect(mdls.free(mdl)).toBe(false);
    }
  });

  it("start on a multiple of 8", () => {
    const { lab, mdls, pool } = setUp();
    const block = lab.block(150_000);
    for (let i = 0; i < 100; i++) expect(mdls.allocate(pool, block, i % 10 === 0 ? 150_000 : 10) % 8).toBe(0);
  });
});

/** IoAllocateMdl and MmBuildMdlForNonPagedPool: ndis5 §7. */
describe("MDLs of the I/O manager", () => {
  it("are not built: no mapping, no flags, no pages", () => {
    const { lab, mdls } = setUp();
    lab.poison();
    const mdl = mdls.allocateIo(0x20_0123, 5000, TAG);
    expect(memberValues(lab.machine.memory, MDL, mdl)).toEqual({
      Next: 0,
      Size: 28 + 4 * 2,
      MdlFlags: 0,
      Process: 0,
      MappedSystemVa: 0,
      StartVa: 0x20_0000,
      ByteCount: 5000,
      ByteOffset: 0x123,
    });
    expect(mdls.stateOf(mdl)).toBe(MDL_STATE.io);
    expect(() => lab.ddi.MmGetSystemAddressForMdlSafe(mdl, 16)).toThrow(UnlockedMdlFault);
    expect(lab.ddi.MmGetMdlVirtualAddress(mdl)).toBe(0x20_0123);
  });

  it("are complete once they are built, and stay in their chain", () => {
    const { lab, mdls } = setUp();
    const block = lab.block(9000);
    const mdl = mdls.allocateIo(block + 5, 8000, TAG);
    const next = lab.chain([10]);
    lab.setU32(mdl, next);
    lab.ddi.MmBuildMdlForNonPagedPool(mdl);
    const built = lab.plain.NdisAllocateMdl(0, block + 5, 8000);
    lab.setU32(built, next);
    const size = lab.ddi.MmSizeOfMdl(block + 5, 8000);
    expect([...lab.machine.memory.bytes(mdl, size)]).toEqual([...lab.machine.memory.bytes(built, size)]);
    expect(lab.ddi.MmGetSystemAddressForMdlSafe(mdl, 16)).toBe(block + 5);
  });

  it("have a block of their own that goes with them", () => {
    const { mdls, nonpaged } = setUp();
    const { liveBlocks } = nonpaged;
    const mdl = mdls.allocateIo(0x20_0000, 300_000, TAG);
    expect(nonpaged.liveBlocks).toBe(liveBlocks + 1);
    expect([mdls.free(mdl), mdls.free(mdl)]).toEqual([true, false]);
    expect(nonpaged.liveBlocks).toBe(liveBlocks);
  });

  it("describe at most all but a page of the space, and have room for every page number", () => {
    const lab = new Lab({ memorySize: 32 << 20 });
    const { mdls, nonpaged } = lab.machine;
    const longest = 2 ** 32 - 4096;
    const mdl = mdls.allocateIo(0xfff, longest, TAG);
    expect(readField(lab.machine.memory, MDL, mdl, "ByteCount")).toBe(longest);
    expect(nonpaged.find(mdl)?.size).toBe(8 + 28 + 4 * 2 ** 20 + 4); // rounded up to 8
    expect([mdls.allocateIo(0, longest + 1, TAG), mdls.allocateIo(0, 2 ** 32 - 1, TAG)]).toEqual([0, 0]);
    expect(lab.ddi.MmSizeOfMdl(0xfff, 2 ** 32 - 1)).toBe(28 + 4 * (2 ** 20 + 1));
    expect(lab.ddi.ADDRESS_AND_SIZE_TO_SPAN_PAGES(1, 0xffff_ffff)).toBe(0x10_0000);
  });

  it("regression: sizes are not computed in 32 bits, where a range at the end of the space would come out short", () => {
    const { mdls, pool, nonpaged } = setUp();
    expect(mdls.allocate(pool, 0xffff_f000, 0x1001)).toBe(0);
    expect(mdls.allocate(pool, 0xffff_f000, 0xffff_ffff)).toBe(0);
    const mdl = mdls.allocate(pool, 0xffff_f001, 0xfff);
    expect(nonpaged.isSystem(mdl)).toBe(true);
  });

  it("become the IRP's: the first one, or the last of its chain", () => {
    const { lab } = setUp();
    const irp = lab.block(IRP.size);
    const first = lab.ddi.IoAllocateMdl(irp, 4, 0, 0, irp);
    const mdls = () => mdlsOf(lab.machine, readField(lab.machine.memory, IRP, irp, "MdlAddress"));
    expect(mdls()).toEqual([first]);
    const second = lab.ddi.IoAllocateMdl(irp, 4, 1, 0, irp);
    const third = lab.ddi.IoAllocateMdl(irp, 4, 1, 0, irp);
    expect(mdls()).toEqual([first, second, third]);
    const other = lab.ddi.IoAllocateMdl(irp, 4, 0, 0, irp);
    expect(mdls()).toEqual([other]);
    writeFields(lab.machine.memory, IRP, irp, { MdlAddress: 0 });
    const alone = lab.ddi.IoAllocateMdl(irp, 4, 1, 0, irp);
    expect(mdls()).toEqual([alone]);
  });

  it("leave the IRP alone when memory is short", () => {
    const { lab, nonpaged } = setUp();
    const irp = lab.block(IRP.size);
    const before = new MemorySnapshot(lab.machine.memory);
    nonpaged.fault = () => true;
    expect(lab.ddi.IoAllocateMdl(irp, 4, 0, 0, irp)).toBe(0);
    before.expectChangesOnlyIn();
  });

  it("of more than 64 MiB get no flags from their Size", () => {
    const { lab, mdls } = setUp();
    const mdl = mdls.allocateIo(0x100_0000, 100 << 20, TAG);
    expect(readField(lab.machine.memory, MDL, mdl, "MdlFlags")).toBe(0);
  });
});
