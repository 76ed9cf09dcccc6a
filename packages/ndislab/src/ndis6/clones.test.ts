import { describe, expect, it } from "vitest";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NBL_FLAGS } from "../layout/net-buffer-list.js";
import { MDL_STATE, mdlByteCount, mdlSpanPages } from "../mdl/mdl.js";
import { TAG } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { ORIGINAL_LISTS, OriginalList } from "../testing/original-list.js";

const SHARE = NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS;

/** F6-32 and F6-33 of ndis6 §10. */
describe.each([
  ["new slots", false],
  ["slots that were used", true],
])("a clone of %s", (_, stocked) => {
  it.each(ORIGINAL_LISTS)("has the same used bytes in MDLs of its own, and nothing else: $name", ({ shapes }) => {
    const original = new OriginalList(shapes, stocked);
    const { machine } = original.lab;
    const before = original.account;
    const clone = original.clone();
    expect(original.usedOf(clone)).toEqual(original.netBuffers.map((nb) => original.used(nb)));
    for (const [index, nb] of original.on(clone).entries()) {
      expect(original.lab.plain.NET_BUFFER_DATA_OFFSET(nb)).toBe(0);
      const own = original.mdls(nb);
      expect(own.filter((mdl) => original.mdls(original.netBuffers[index]).includes(mdl))).toEqual([]);
      const bytes = own.map((mdl) => mdlByteCount(machine.memory, mdl));
      expect(bytes.every((count) => count > 0)).toBe(true);
      expect(bytes.reduce((a, b) => a + b, 0)).toBe(original.lab.plain.NET_BUFFER_DATA_LENGTH(nb)); // no backfill, no slack
    }
    original.lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect(original.account).toEqual(before);
  });

  it.each(ORIGINAL_LISTS)("shares the original's MDLs, offset and all, when it is told to: $name", ({ shapes }) => {
    const original = new OriginalList(shapes, stocked);
    const before = { account: original.account, chains: original.netBuffers.map((nb) => original.mdls(nb)) };
    const clone = original.clone(SHARE);
    expect(original.usedOf(clone)).toEqual(original.netBuffers.map((nb) => original.used(nb)));
    for (const [index, nb] of original.on(clone).entries())
      for (const member of ["MdlChain", "CurrentMdl", "CurrentMdlOffset", "DataOffset", "DataLength"] as const) {
        const at = NET_BUFFER.offset[member];
        expect(original.lab.u32(nb + at)).toBe(original.lab.u32(original.netBuffers[index] + at));
      }
    original.lab.plain.NdisFreeCloneNetBufferList(clone, SHARE);
    expect({ account: original.account, chains: original.netBuffers.map((nb) => original.mdls(nb)) }).toEqual(before);
  });

  it("has whole MDLs: partial, with the pages and the system address of what they are of", () => {
    const original = new OriginalList([[[5000, 9000], 4090, 9000]], stocked);
    const { lab } = original;
    const { memory } = lab.machine;
    const clone = original.clone();
    const [nb] = original.on(clone);
    for (const mdl of original.mdls(nb)) {
      const start = lab.u32(mdl + MDL.offset.StartVa);
      const offset = lab.u32(mdl + MDL.offset.ByteOffset);
      const pages = mdlSpanPages(memory, mdl);
      expect(start % 4096).toBe(0);
      expect(offset).toBeLessThan(4096);
      expect(lab.u32(mdl + MDL.offset.MappedSystemVa)).toBe(start + offset);
      expect(memory.u16[(mdl + MDL.offset.Size) >>> 1]).toBe(28 + 4 * pages);
      const flags = memory.u16[(mdl + MDL.offset.MdlFlags) >>> 1];
      expect(flags).toBe(MDL_FLAGS.MDL_PARTIAL | MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL);
      for (let page = 0; page < pages; page++) expect(lab.u32(mdl + MDL.size + 4 * page)).toBe((start >>> 12) + page);
      expect(lab.machine.mdls.ownerOf(mdl)).toBe(nb);
    }
  });

  it("has an address where the source has one, and none where the source is not mapped", () => {
    const original = new OriginalList([[[100], 10, 50]], stocked);
    const { lab, nbl } = original;
    const { memory, mappings } = lab.machine;
    const [source] = original.mdls(lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl));
    const flagsOf = (mdl: number): number => memory.u16[(mdl + MDL.offset.MdlFlags) >>> 1];
    const address = lab.u32(source + MDL.offset.MappedSystemVa);
    memory.u16[(source + MDL.offset.MdlFlags) >>> 1] = MDL_FLAGS.MDL_PAGES_LOCKED;
    const [unmapped] = original.mdls(original.on(original.clone())[0]);
    expect([flagsOf(unmapped), lab.u32(unmapped + MDL.offset.MappedSystemVa)]).toEqual([MDL_FLAGS.MDL_PARTIAL, 0]);
    expect(mappings.map(unmapped)).toBe(address + 10);
    mappings.map(source);
    const [mapped] = original.mdls(original.on(original.clone())[0]);
    expect(flagsOf(mapped)).toBe(
      MDL_FLAGS.MDL_PARTIAL | MDL_FLAGS.MDL_MAPPED_TO_SYSTEM_VA | MDL_FLAGS.MDL_PARENT_MAPPED_SYSTEM_VA,
    );
    expect(lab.u32(mapped + MDL.offset.MappedSystemVa)).toBe(address + 10);
  });

  it("of a piece beyond what a slot's page numbers describe gets an MDL with a block of its own", () => {
    const original = new OriginalList([[[40_000, 100], 50, 39_990]], stocked);
    const before = { account: original.account, blocks: original.blocks };
    original.lab.plain.NdisFreeCloneNetBufferList(original.clone(), 0); // its pools have grown
    const grown = original.blocks;
    const clone = original.clone();
    expect(original.blocks).toBe(grown + 1);
    expect(original.usedOf(clone)).toEqual([original.used(original.netBuffers[0])]);
    const [large, small] = original.mdls(original.on(clone)[0]);
    const { mdls } = original.lab.machine;
    expect([mdls.stateOf(large), mdls.stateOf(small)]).toEqual([MDL_STATE.derivedLarge, MDL_STATE.derived]);
    original.lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect(original.blocks).toBe(grown);
    expect(original.account).toEqual(before.account);
  });

  it("takes list and NET_BUFFERs from the pools it is given, and the protocol id with them", () => {
    const original = new OriginalList(
      [
        [[100], 0, 100],
        [[100], 0, 100],
      ],
      stocked,
    );
    const { lab, listPool, netBufferPool } = original;
    const clone = original.clone(0, listPool, netBufferPool);
    expect(lab.plain.NdisGetPoolFromNetBufferList(clone)).toBe(listPool);
    expect(lab.plain.NdisGetNetBufferListProtocolId(clone)).toBe(2);
    for (const nb of original.on(clone)) expect(lab.plain.NdisGetPoolFromNetBuffer(nb)).toBe(netBufferPool);
    expect(original.usedOf(clone)).toHaveLength(2); // without the context that the pool preallocates
    lab.plain.NdisFreeCloneNetBufferList(clone, 0);

    const own = original.clone();
    expect(lab.plain.NdisGetPoolFromNetBufferList(own)).not.toBe(0);
    expect(lab.plain.NdisGetPoolFromNetBufferList(own)).not.toBe(listPool);
    expect(lab.plain.NdisGetNetBufferListProtocolId(own)).toBe(0);
  });

  it("uses the NET_BUFFER that comes with the list for its first, but not one with data", () => {
    const original = new OriginalList(
      [
        [[100], 0, 100],
        [[100], 0, 100],
      ],
      stocked,
    );
    const { machine } = original.lab;
    for (const [dataSize, uses] of [
      [0, true],
      [64, false],
    ] as const) {
      const pool = machine.netBufferLists.create({ tag: TAG, allocateNetBuffer: true, dataSize });
      const clone = original.clone(0, pool, 0);
      const [first] = original.on(clone);
      expect(first === machine.netBufferLists.preallocatedNetBuffer(clone)).toBe(uses);
      expect(original.usedOf(clone)).toEqual(original.netBuffers.map((nb) => original.used(nb)));
      original.lab.plain.NdisFreeCloneNetBufferList(clone, 0);
      const named = original.clone(0, pool, original.netBufferPool);
      expect(original.lab.plain.NdisGetPoolFromNetBuffer(original.on(named)[0])).toBe(original.netBufferPool);
      original.lab.plain.NdisFreeCloneNetBufferList(named, 0);
      expect(machine.pools.live(pool)).toBe(0);
    }
  });

  it("is none, with nothing lost, for pools of the wrong kind", () => {
    const original = new OriginalList([[[100], 0, 100]], stocked);
    const { listPool, netBufferPool, lab } = original;
    const before = original.account;
    expect(original.clone(0, netBufferPool, 0)).toBe(0);
    expect(original.clone(0, 0, listPool)).toBe(0);
    expect(original.clone(0, 0, lab.machine.netBuffers.create(TAG, 64))).toBe(0);
    expect(original.account).toEqual(before);
  });

  it("is none, with nothing lost, when the data is longer than its chain", () => {
    const original = new OriginalList(
      [
        [[100], 0, 100],
        [[60, 40], 0, 100],
      ],
      stocked,
    );
    const before = original.account;
    original.lab.plain.NET_BUFFER_DATA_LENGTH.set(original.netBuffers[1], 101);
    expect(original.clone()).toBe(0);
    original.lab.plain.NET_BUFFER_DATA_LENGTH.set(original.netBuffers[1], 0xffff_ffff);
    expect(original.clone()).toBe(0);
    expect(original.account).toEqual(before);
  });

  it("may be of a clone, sharing or not", () => {
    const original = new OriginalList([[[10, 20, 30], 5, 50]], stocked);
    const { lab } = original;
    const before = original.account;
    const clone = original.clone();
    for (const flags of [0, SHARE]) {
      const second = lab.plain.NdisAllocateCloneNetBufferList(clone, 0, 0, flags);
      expect(original.usedOf(second)).toEqual(original.usedOf(clone));
      lab.plain.NdisFreeCloneNetBufferList(second, flags);
      expect(original.usedOf(clone)).toEqual([original.used(original.netBuffers[0])]); // nothing of the first went along
    }
    lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect(original.account).toEqual(before);
  });

  it("writes nothing of the original", () => {
    const original = new OriginalList([[[40, 60], 10, 80]], stocked);
    original.lab.plain.NdisFreeCloneNetBufferList(original.clone(), 0);
    const { machine } = original.lab;
    const before = new MemorySnapshot(machine.memory);
    const clone = original.clone();
    const written = before.changed();
    for (const at of [original.nbl, ...original.netBuffers])
      expect(written.filter((address) => address >= at && address < at + 96)).toEqual([]);
    for (const mdl of original.mdls(original.netBuffers[0]))
      expect(written.filter((address) => address >= mdl - 8 && address < mdl + 32)).toEqual([]);
    original.lab.plain.NdisFreeCloneNetBufferList(clone, 0);
  });

  it("grows to the front by an MDL of its own, sharing or not; the original keeps its chain", () => {
    for (const flags of [0, SHARE]) {
      const original = new OriginalList([[[100], 20, 80]], stocked);
      const { lab } = original;
      const [nb] = original.netBuffers;
      const clone = original.clone(flags);
      const [copy] = original.on(clone);
      const before = { mdls: original.mdls(nb), used: original.used(nb), account: original.account };
      expect(lab.plain.NdisRetreatNetBufferDataStart(copy, 30, 4, 0)).toBe(0);
      expect(original.used(copy).slice(30)).toEqual(before.used);
      expect(original.mdls(copy).slice(-1)[0] === before.mdls[0]).toBe(flags === SHARE);
      expect([original.mdls(nb), original.used(nb)]).toEqual([before.mdls, before.used]);
      lab.plain.NdisAdvanceNetBufferDataStart(copy, 30, 1, 0);
      expect(original.account).toEqual(before.account);
      lab.plain.NdisFreeCloneNetBufferList(clone, flags);
    }
  });
});
