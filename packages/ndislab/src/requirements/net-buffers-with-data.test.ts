import { describe, expect, it } from "vitest";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Handle } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import { Lab } from "../testing/lab.js";
import { expectTells } from "../testing/planted.js";
import { expectSoundNetBuffer } from "../testing/sound-net-buffer.js";

type MdlMember = keyof typeof MDL.offset;

const SIZES = [1, 8, 60, 1514, 2048, 4096, 4097, 9014];

const mdlOf = (lab: Lab, nb: number): number => lab.ddi.NET_BUFFER_FIRST_MDL(nb);

const mdlField = (lab: Lab, mdl: number, name: MdlMember): number => readField(lab.machine.memory, MDL, mdl, name);

/** A NET_BUFFER with MDL and data of its own. */
function setUp(dataSize: number) {
  const lab = new Lab();
  const pool = lab.netBufferPool(dataSize);
  const nb = lab.ddi.NdisAllocateNetBufferMdlAndData(pool);
  const mdl = mdlOf(lab, nb);
  return { lab, pool, nb, mdl, data: mdlField(lab, mdl, "MappedSystemVa") };
}

/** NdisAllocateNetBufferMdlAndData: seed 004. */
describe("NdisAllocateNetBufferMdlAndData", () => {
  it("R68: one call gives NET_BUFFER, MDL and its data", () => {
    for (const dataSize of SIZES) {
      const { lab, pool, nb, mdl, data } = setUp(dataSize);
      expect(nb).not.toBe(0);
      expect(mdl).not.toBe(0);
      expect(mdlField(lab, mdl, "ByteCount")).toBe(dataSize);
      expectSoundNetBuffer(lab.machine, nb, pool);
      lab.ddi.NET_BUFFER_DATA_LENGTH.set(nb, dataSize);
      expect(lab.ddi.NdisGetDataBuffer(nb, dataSize, 0, 1, 0)).toBe(data);
      const { memory } = lab.machine;
      for (let i = 0; i < dataSize; i++) memory.u8[data + i] = i * 3;
      for (let i = 0; i < dataSize; i++) expect(memory.u8[data + i]).toBe((i * 3) & 0xff);
      expectSoundNetBuffer(lab.machine, nb, pool);
      lab.ddi.NdisFreeNetBuffer(nb);
      expect(lab.rules).toEqual([]);
    }
  });

  it("R69: the pool handle is one that NdisAllocateNetBufferPool returned", () => {
    const lab = new Lab();
    const freed = lab.netBufferPool(64);
    lab.ddi.NdisFreeNetBufferPool(freed);
    const wrong: [Handle, string][] = [
      [lab.netBufferListPool({ fAllocateNetBuffer: true, DataSize: 64 }), "POOL-TYPE"],
      [lab.bufferPool(1), "POOL-TYPE"],
      [freed, "POOL-HANDLE"],
      [lab.block(96), "POOL-HANDLE"],
      [0, "POOL-HANDLE"],
    ];
    for (const [handle, rule] of wrong) {
      expect(lab.ddi.NdisAllocateNetBufferMdlAndData(handle)).toBe(0);
      expect(lab.takeRules()).toEqual([rule]);
    }
  });

  it("R70: it returns the address of a NET_BUFFER that NDIS allocated", () => {
    const { lab, pool, nb } = setUp(100);
    const all = new Set<number>([nb]);
    for (let i = 0; i < 200; i++) {
      const other = lab.ddi.NdisAllocateNetBufferMdlAndData(pool);
      expect(other % 8).toBe(0);
      expect(lab.ddi.NdisGetPoolFromNetBuffer(other)).toBe(pool);
      all.add(other);
    }
    expect(all.size).toBe(201);
  });

  it("R71: it returns NULL when memory is short, and loses nothing", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool(1514);
    const { liveBytes, liveBlocks } = lab.machine.nonpaged;
    lab.machine.nonpaged.fault = () => true;
    expect(lab.ddi.NdisAllocateNetBufferMdlAndData(pool)).toBe(0);
    expect(lab.machine.nonpaged).toMatchObject({ liveBytes, liveBlocks });
    expect(lab.machine.pools.report().at(-1)).toMatchObject({ handle: pool, live: 0, peak: 0, allocations: 0 });
    lab.machine.nonpaged.fault = () => false;
    expectSoundNetBuffer(lab.machine, lab.ddi.NdisAllocateNetBufferMdlAndData(pool), pool);
    expect(lab.rules).toEqual([]);
  });

  it("R72: the pool was made with the size of the data", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool(0);
    expect(lab.ddi.NdisAllocateNetBufferMdlAndData(pool)).toBe(0);
    const finding = lab.onlyFinding("NB-NODATA");
    expectTells(finding, "DataSize 0");
    expect(finding.object).toEqual({ kind: "NET_BUFFER pool", address: pool });
  });

  it("R73: every buffer has exactly the size, and moves within it allocate nothing", () => {
    const { lab, pool } = setUp(1514);
    const buffers = Array.from({ length: 20 }, () => lab.ddi.NdisAllocateNetBufferMdlAndData(pool));
    const { liveBytes, liveBlocks } = lab.machine.nonpaged;
    for (const nb of buffers) {
      expect(mdlField(lab, mdlOf(lab, nb), "ByteCount")).toBe(1514);
      lab.ddi.NET_BUFFER_DATA_LENGTH.set(nb, 1514);
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, 1514, 0, 0);
      for (const delta of [500, 14, 1000]) {
        expect(lab.ddi.NdisRetreatNetBufferDataStart(nb, delta, 64, 0)).toBe(NDIS_STATUS.NDIS_STATUS_SUCCESS);
        expectSoundNetBuffer(lab.machine, nb, pool);
      }
    }
    expect(lab.machine.nonpaged).toMatchObject({ liveBytes, liveBlocks });
    expect(lab.rules).toEqual([]);
  });

  it("R74: NET_BUFFER, MDL and its data lie in one block, apart from each other", () => {
    for (const dataSize of SIZES) {
      const { lab, nb, mdl, data } = setUp(dataSize);
      const block = lab.machine.nonpaged.find(nb);
      const pages = (((data & 0xfff) + dataSize + 0xfff) >>> 12) * 4;
      const ranges = [
        [nb, nb + NET_BUFFER.size],
        [mdl, mdl + MDL.size + pages],
        [data, data + dataSize],
      ];
      for (const [start, end] of ranges) {
        expect(lab.machine.nonpaged.find(start)).toEqual(block);
        expect(lab.machine.nonpaged.find(end - 1)).toEqual(block);
        expect(start % (start === data ? 8 : 4)).toBe(0);
      }
      for (let i = 1; i < 3; i++) expect(ranges[i][0]).toBeGreaterThanOrEqual(ranges[i - 1][1]);
      const next = lab.ddi.NdisAllocateNetBufferMdlAndData(lab.ddi.NdisGetPoolFromNetBuffer(nb));
      expect(next >= data + dataSize || next < nb).toBe(true);
    }
  });

  it("R75: cycles of allocate and free call the allocator no more than the high-water mark asks for", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool(1514);
    let calls = 0;
    lab.machine.nonpaged.fault = () => {
      calls++;
      return false;
    };
    for (let cycle = 0; cycle < 100_000; cycle++)
      lab.ddi.NdisFreeNetBuffer(lab.ddi.NdisAllocateNetBufferMdlAndData(pool));
    expect(lab.machine.pools.report().at(-1)).toMatchObject({ peak: 1, allocations: 100_000, live: 0 });
    expect(calls).toBe(1);
    const grown = lab.machine.nonpaged.grownBytes;
    for (let cycle = 0; cycle < 1000; cycle++) {
      const buffers = Array.from({ length: 8 }, () => lab.ddi.NdisAllocateNetBufferMdlAndData(pool));
      for (const nb of buffers) lab.ddi.NdisFreeNetBuffer(nb);
    }
    expect(calls).toBeLessThanOrEqual(8);
    expect(lab.machine.nonpaged.grownBytes).toBe(grown);
  });

  it("R76: NdisAllocateNetBuffer is not for a pool with data", () => {
    for (const profile of ["strict", "windows"] as const) {
      const lab = new Lab({ profile });
      const pool = lab.netBufferPool(64);
      expect(lab.ddi.NdisAllocateNetBuffer(pool, lab.chain([64]), 0, 64)).toBe(0);
      const finding = lab.onlyFinding("NB-DATAPOOL");
      expectTells(finding, "NdisAllocateNetBufferMdlAndData");
      expect(finding).toMatchObject({ severity: "error", object: { kind: "NET_BUFFER pool", address: pool } });
      expect(lab.machine.pools.live(pool)).toBe(0);
    }
  });

  it("R77: a block that is used again is initialised again", () => {
    const { lab, pool, nb: first } = setUp(100);
    const { memory } = lab.machine;
    const fresh = [...memory.u32.subarray(first >>> 2, (first + 96) >>> 2)];
    expect(lab.u32(first + 28)).toBe(pool);
    for (let round = 0; round < 3; round++) {
      const mdl = mdlOf(lab, first);
      const data = mdlField(lab, mdl, "MappedSystemVa");
      const built = lab.plain.NdisAllocateMdl(0, data, 100);
      expect([...memory.bytes(mdl, MDL.size)]).toEqual([...memory.bytes(built, MDL.size)]); // as NdisAllocateMdl makes it
      expect(mdlField(lab, mdl, "MdlFlags")).toBe(MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL);
      lab.plain.NdisFreeMdl(built);
      memory.u8.fill(0xcc, first, first + 28); // all but what is NDIS's: I8
      memory.u8.fill(0xcc, first + 40, first + 96);
      memory.u8.fill(0xcc, mdl, mdl + MDL.size);
      memory.u8.fill(0xcc, data, data + 100);
      lab.ddi.NdisFreeNetBuffer(first);
      expect(lab.ddi.NdisAllocateNetBufferMdlAndData(pool)).toBe(first);
      expect([...memory.u32.subarray(first >>> 2, (first + 96) >>> 2)]).toEqual(fresh);
      expectSoundNetBuffer(lab.machine, first, pool);
    }
    expect(lab.rules).toEqual([]);
  });

  it("R78: NdisFreeNetBuffer frees all three, and NdisFreeMdl is not for its MDL", () => {
    const { lab, pool, nb, mdl } = setUp(100);
    lab.ddi.NdisFreeMdl(mdl);
    expect(lab.takeRules()).toEqual(["MDL-NOTALONE"]);
    expectSoundNetBuffer(lab.machine, nb, pool);
    lab.ddi.NdisFreeNetBuffer(nb);
    expect(lab.rules).toEqual([]);
    expect(lab.machine.pools.live(pool)).toBe(0);
    lab.ddi.IoFreeMdl(mdl);
    expect(lab.takeRules()).toEqual(["MDL-NOTALONE"]);
    lab.ddi.NdisFreeNetBufferPool(pool);
    expect(lab.rules).toEqual([]);
  });

  it("R79: the caller runs at DISPATCH_LEVEL or below", () => {
    const { lab, pool } = setUp(100);
    for (const irql of [0, 1, 2]) lab.machine.irql.at(irql, () => lab.ddi.NdisAllocateNetBufferMdlAndData(pool));
    expect(lab.rules).toEqual([]);
    lab.machine.irql.at(3, () => lab.ddi.NdisAllocateNetBufferMdlAndData(pool));
    expectTells(lab.onlyFinding("NB-IRQL"), "IRQL 3");
  });
});
