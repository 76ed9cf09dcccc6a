import { describe, expect, it } from "vitest";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NBL_FLAGS, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { MDL_STATE, mdlByteCount, mdlSpanPages } from "../mdl/mdl.js";
import { mdlsOf, usedAddresses } from "../testing/chain-model.js";
import { Lab, TAG } from "../testing/lab.js";
import { LAYOUTS } from "../testing/layouts.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { Random } from "../testing/random.js";
import { expectSoundNetBuffer } from "../testing/sound-net-buffer.js";
import { DERIVED_OFFSET } from "./derived-lists.js";

const SHARE = NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS;

/** What a NET_BUFFER is made of: sizes of MDLs, DataOffset, DataLength. */
type Shape = readonly [sizes: readonly number[], dataOffset: number, dataLength: number];

/** A list over known bytes, and what is asked of what is derived from it. */
class Original {
  readonly lab = new Lab({ memorySize: 1 << 20 });
  readonly listPool = this.lab.machine.netBufferLists.create({ tag: TAG, contextSize: 16, protocolId: 2 });
  readonly netBufferPool = this.lab.machine.netBuffers.create(TAG, 0);
  readonly nbl = this.lab.machine.netBufferLists.allocate(this.listPool, 0, 0);
  readonly netBuffers: readonly number[];

  constructor(shapes: readonly Shape[]) {
    const { lab, nbl } = this;
    let link = nbl + NET_BUFFER_LIST.offset.FirstNetBuffer;
    this.netBuffers = shapes.map(([sizes, dataOffset, dataLength]) => {
      const nb = lab.machine.netBuffers.allocate(this.netBufferPool, lab.chain(sizes), dataOffset, dataLength);
      lab.setU32(link, nb);
      link = nb;
      return nb;
    });
  }

  clone(flags = 0, listPool = 0, netBufferPool = 0): number {
    return this.lab.plain.NdisAllocateCloneNetBufferList(this.nbl, listPool, netBufferPool, flags);
  }

  fragment(start: number, maximum: number, delta = 0, backFill = 0, listPool = 0, netBufferPool = 0): number {
    const { plain } = this.lab;
    return plain.NdisAllocateFragmentNetBufferList(
      this.nbl,
      listPool,
      netBufferPool,
      start,
      maximum,
      delta,
      backFill,
      0,
    );
  }

  reassemble(start: number, delta = 0, backFill = 0, listPool = 0, nbl = this.nbl): number {
    return this.lab.plain.NdisAllocateReassembledNetBufferList(nbl, listPool, start, delta, backFill, 0);
  }

  on(nbl: number): number[] {
    const found: number[] = [];
    for (let nb = this.lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl); nb !== 0; nb = this.lab.u32(nb)) found.push(nb);
    return found;
  }

  used(nb: number): number[] {
    return usedAddresses(this.lab.machine, nb);
  }

  /** The used bytes of each NET_BUFFER on a list, each sound. */
  usedOf(nbl: number): number[][] {
    const { lab } = this;
    const { plain } = lab;
    expect(lab.u32(nbl)).toBe(0);
    if (nbl !== this.nbl) expect(lab.u32(nbl + NET_BUFFER_LIST.offset.Context)).toBe(0);
    expect(lab.u32(nbl + NET_BUFFER_LIST.offset.ParentNetBufferList)).toBe(0);
    expect(lab.u32(nbl + NET_BUFFER_LIST.offset.ChildRefCount)).toBe(0);
    expect(plain.NET_BUFFER_LIST_STATUS(nbl)).toBe(0);
    return this.on(nbl).map((nb) => {
      expectSoundNetBuffer(lab.machine, nb);
      return this.used(nb);
    });
  }

  mdls(nb: number): number[] {
    return mdlsOf(this.lab.machine, this.lab.plain.NET_BUFFER_FIRST_MDL(nb));
  }

  /** All that is given out, in blocks and in slots of every pool. */
  get account(): unknown {
    const { machine } = this.lab;
    const pools = [machine.mdlPool, this.listPool, this.netBufferPool].map((pool) => machine.pools.live(pool));
    return { mdls: machine.derivedMdls.live, pools };
  }

  /** The blocks that are no chunks of a pool. */
  get blocks(): number {
    return this.lab.machine.nonpaged.liveBlocks;
  }
}

/** Lists of one NET_BUFFER of every layout, and one of them all. */
const LISTS: readonly { name: string; shapes: readonly Shape[] }[] = [
  ...LAYOUTS.map(({ name, sizes, dataOffset, dataLength }) => ({
    name,
    shapes: [[sizes, dataOffset, dataLength] as const],
  })),
  { name: "no NET_BUFFER", shapes: [] },
  { name: "one without a chain", shapes: [[[], 0, 0]] },
  {
    name: "one NET_BUFFER of each",
    shapes: LAYOUTS.map(({ sizes, dataOffset, dataLength }) => [sizes, dataOffset, dataLength] as const),
  },
];

it("what a list is derived from stands in its last word, which is nobody's", () => {
  const last = NET_BUFFER_LIST.fields.at(-1)!;
  expect(DERIVED_OFFSET).toBe(last.offset + last.size);
  expect(DERIVED_OFFSET + 4).toBe(NET_BUFFER_LIST.size);
});

/** F6-32 and F6-33 of ndis6 §10. */
describe("a clone", () => {
  it.each(LISTS)("has the same used bytes in MDLs of its own, and nothing else: $name", ({ shapes }) => {
    const original = new Original(shapes);
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

  it.each(LISTS)("shares the original's MDLs, offset and all, when it is told to: $name", ({ shapes }) => {
    const original = new Original(shapes);
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
    const original = new Original([[[5000, 9000], 4090, 9000]]);
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
    const original = new Original([[[100], 10, 50]]);
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
    const original = new Original([[[40_000, 100], 50, 39_990]]);
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
    const original = new Original([
      [[100], 0, 100],
      [[100], 0, 100],
    ]);
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
    const original = new Original([
      [[100], 0, 100],
      [[100], 0, 100],
    ]);
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
    const original = new Original([[[100], 0, 100]]);
    const { listPool, netBufferPool, lab } = original;
    const before = original.account;
    expect(original.clone(0, netBufferPool, 0)).toBe(0);
    expect(original.clone(0, 0, listPool)).toBe(0);
    expect(original.clone(0, 0, lab.machine.netBuffers.create(TAG, 64))).toBe(0);
    expect(original.account).toEqual(before);
  });

  it("is none, with nothing lost, when the data is longer than its chain", () => {
    const original = new Original([
      [[100], 0, 100],
      [[60, 40], 0, 100],
    ]);
    const before = original.account;
    original.lab.plain.NET_BUFFER_DATA_LENGTH.set(original.netBuffers[1], 101);
    expect(original.clone()).toBe(0);
    original.lab.plain.NET_BUFFER_DATA_LENGTH.set(original.netBuffers[1], 0xffff_ffff);
    expect(original.clone()).toBe(0);
    expect(original.account).toEqual(before);
  });

  it("may be of a clone, sharing or not", () => {
    const original = new Original([[[10, 20, 30], 5, 50]]);
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
    const original = new Original([[[40, 60], 10, 80]]);
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
      const original = new Original([[[100], 20, 80]]);
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

describe("freeing a derived list", () => {
  it("does nothing to a list that is derived from none, and to one that was freed", () => {
    const original = new Original([[[100], 0, 100]]);
    const { lab } = original;
    const before = original.account;
    lab.plain.NdisFreeCloneNetBufferList(original.nbl, 0);
    expect(original.account).toEqual(before);
    const clone = original.clone();
    lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect(original.account).toEqual(before);
    expect(original.clone()).toBe(clone);
    expect(original.clone()).not.toBe(clone);
  });

  it("leaves an MDL that the driver put in front, and what it put there, to the driver", () => {
    const original = new Original([[[100], 0, 100]]);
    const { lab } = original;
    const clone = original.clone();
    const [nb] = original.on(clone);
    const [own] = mdlsOf(lab.machine, lab.chain([20]));
    lab.setU32(own, lab.plain.NET_BUFFER_FIRST_MDL(nb));
    lab.plain.NET_BUFFER_FIRST_MDL.set(nb, own);
    lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect(lab.machine.mdls.stateOf(own)).toBe(MDL_STATE.pooled);
    expect(lab.machine.derivedMdls.live).toBe(0);
  });

  it("frees what NDIS put in front for a retreat that was never undone", () => {
    const original = new Original([[[100], 0, 100]]);
    const before = original.account;
    const clone = original.clone();
    const { blocks } = original;
    original.lab.plain.NdisRetreatNetBufferDataStart(original.on(clone)[0], 14, 0, 0);
    original.lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect(original.account).toEqual(before);
    expect(original.blocks).toBeLessThanOrEqual(blocks + 1); // slots for the MDL of the retreat
  });

  it("survives that the list's pool is gone", () => {
    const original = new Original([[[100], 0, 100]]);
    const { lab, listPool } = original;
    const clone = original.clone(0, listPool, 0);
    lab.plain.NdisFreeNetBufferListPool(listPool);
    lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect(lab.machine.derivedMdls.live).toBe(0);
  });
});

/** F6-34 and F6-35. */
describe("fragments", () => {
  it.each(LISTS)("are the used bytes in pieces, the last of each NET_BUFFER shorter: $name", ({ shapes }) => {
    for (const [start, maximum] of [
      [0, 1000],
      [0, 33],
      [7, 20],
      [29, 1],
      [80, 50],
      [100, 10],
      [0xffff_ffff, 0xffff_ffff],
    ]) {
      const original = new Original(shapes);
      const before = original.account;
      const expected = original.netBuffers.flatMap((nb) => {
        const rest = original.used(nb).slice(start);
        const pieces: number[][] = [];
        for (let at = 0; at < rest.length; at += maximum) pieces.push(rest.slice(at, at + maximum));
        return pieces;
      });
      if (expected.length > 300) continue;
      const fragments = original.fragment(start, maximum);
      expect(original.usedOf(fragments)).toEqual(expected);
      original.lab.plain.NdisFreeFragmentNetBufferList(fragments, 0, 0);
      expect(original.account).toEqual(before);
    }
  });

  it.each([
    [14, 0],
    [14, 50],
    [1, 4096],
  ])("have %i bytes more in front, with %i of back fill in an MDL of their own", (delta, backFill) => {
    const original = new Original([
      [[30, 70], 10, 85],
      [[64], 0, 40],
    ]);
    const { lab, listPool, netBufferPool } = original;
    const before = original.account;
    const fragments = original.fragment(5, 40, delta, backFill, listPool, netBufferPool);
    const used = original.usedOf(fragments);
    expect(used.map(({ length }) => length)).toEqual([40 + delta, 40 + delta, 35 + delta]);
    const [first, second] = original.netBuffers.map((nb) => original.used(nb).slice(5));
    expect(used.map((bytes) => bytes.slice(delta))).toEqual([first.slice(0, 40), first.slice(40), second]);
    for (const nb of original.on(fragments)) {
      expect(mdlByteCount(lab.machine.memory, original.mdls(nb)[0])).toBe(delta + backFill);
      expect(lab.plain.NET_BUFFER_DATA_OFFSET(nb)).toBe(backFill);
      expect(lab.plain.NdisGetPoolFromNetBuffer(nb)).toBe(netBufferPool);
    }
    expect(lab.plain.NdisGetPoolFromNetBufferList(fragments)).toBe(listPool);
    lab.plain.NdisFreeFragmentNetBufferList(fragments, delta, 0);
    expect(original.account).toEqual(before);
  });

  it("give all back even when they are freed with another delta", () => {
    for (const delta of [0, 3, 15, 1000]) {
      const original = new Original([[[100], 0, 100]]);
      const before = original.account;
      original.lab.plain.NdisFreeFragmentNetBufferList(original.fragment(0, 40, 14), delta, 0);
      expect(original.account).toEqual(before);
    }
  });

  it("are none, rather than others, for what lies more than 2 GiB into a chain that shows some memory often", () => {
    const mebibyte = 1 << 20;
    const { lab, nbl, listPool } = new Original([]);
    const block = lab.block(mebibyte >> 1);
    let chain = 0;
    for (let count = 0; count < 600; count++) {
      const mdl = lab.machine.nonpaged.allocate(MDL.size, TAG, "driver");
      for (let at = 0; at < MDL.size; at += 4) lab.setU32(mdl + at, 0);
      lab.setU32(mdl, chain);
      lab.setU32(mdl + MDL.offset.StartVa, block & -4096);
      lab.setU32(mdl + MDL.offset.ByteCount, 4 * mebibyte); // more than there is: nobody reads it
      chain = mdl;
    }
    const pool = lab.machine.netBuffers.create(TAG, 0);
    const nb = lab.machine.netBuffers.allocate(pool, chain, 0, 2400 * mebibyte);
    lab.plain.NET_BUFFER_LIST_FIRST_NB.set(nbl, nb);
    const fragment = (start: number, maximum: number): number =>
      lab.plain.NdisAllocateFragmentNetBufferList(nbl, listPool, 0, start, maximum, 0, 0, 0);
    expect(fragment(2399 * mebibyte, mebibyte)).toBe(0);
    expect(fragment(2047 * mebibyte, 400 * mebibyte)).toBe(0);
    expect(lab.machine.derivedMdls.live).toBe(0);
  });

  it("are none for a maximum of 0, and for a delta that no memory has", () => {
    const original = new Original([[[100], 0, 100]]);
    const before = original.account;
    expect(original.fragment(0, 0)).toBe(0);
    for (const delta of [0x3fff_ffff, 0x4000_0000, 0xffff_ffff]) expect(original.fragment(0, 40, delta)).toBe(0);
    expect(original.fragment(0, 40, 14, 0xffff_ffff)).toBe(0);
    expect(original.account).toEqual(before);
  });
});

/** F6-36 and F6-37. */
describe("a reassembled list", () => {
  it.each(LISTS)("is one NET_BUFFER over all used bytes but the first of each: $name", ({ shapes }) => {
    for (const start of [0, 1, 20, 70, 0xffff_ffff]) {
      const original = new Original(shapes);
      const before = original.account;
      const expected = original.netBuffers.flatMap((nb) => original.used(nb).slice(start));
      if (expected.length > 30_000) continue;
      const reassembled = original.reassemble(start);
      expect(original.usedOf(reassembled)).toEqual([expected]);
      original.lab.plain.NdisFreeReassembledNetBufferList(reassembled, 0, 0);
      expect(original.account).toEqual(before);
    }
  });

  it("has its delta in front, from the pool it is given", () => {
    const original = new Original([
      [[30, 70], 10, 85],
      [[64], 0, 40],
    ]);
    const { lab } = original;
    const pool = lab.machine.netBufferLists.create({ tag: TAG, allocateNetBuffer: true, contextSize: 8 });
    const before = original.account;
    const reassembled = original.reassemble(20, 34, 6, pool);
    const [used] = original.usedOf(reassembled);
    expect(used).toHaveLength(34 + 65 + 20);
    expect(used.slice(34)).toEqual(original.netBuffers.flatMap((nb) => original.used(nb).slice(20)));
    expect(lab.plain.NdisGetPoolFromNetBufferList(reassembled)).toBe(pool);
    expect(original.on(reassembled)).toEqual([lab.machine.netBufferLists.preallocatedNetBuffer(reassembled)]);
    expect(lab.plain.NET_BUFFER_DATA_OFFSET(original.on(reassembled)[0])).toBe(6);
    lab.plain.NdisFreeReassembledNetBufferList(reassembled, 34, 0);
    expect([original.account, lab.machine.pools.live(pool)]).toEqual([before, 0]);
  });

  it("puts together what was fragmented", () => {
    const original = new Original([[[30, 70, 500], 10, 585]]);
    const before = original.account;
    const fragments = original.fragment(20, 48, 20);
    const whole = original.reassemble(20, 0, 0, 0, fragments);
    expect(original.usedOf(whole)).toEqual([original.used(original.netBuffers[0]).slice(20)]);
    original.lab.plain.NdisFreeReassembledNetBufferList(whole, 0, 0);
    original.lab.plain.NdisFreeFragmentNetBufferList(fragments, 20, 0);
    expect(original.account).toEqual(before);
  });

  it("is none for a pool without NET_BUFFERs or with data, and beyond 32 bits", () => {
    const original = new Original([[[100], 0, 100]]);
    const { lab, listPool } = original;
    const before = original.account;
    expect(original.reassemble(0, 0, 0, listPool)).toBe(0);
    const withData = lab.machine.netBufferLists.create({ tag: TAG, allocateNetBuffer: true, dataSize: 64 });
    expect(original.reassemble(0, 0, 0, withData)).toBe(0);
    expect(original.reassemble(0, 0xffff_ffff)).toBe(0);
    expect(original.account).toEqual(before);
  });
});

describe("when memory runs out in the middle", () => {
  const shapes: readonly Shape[] = [
    [[10, 20, 40_000], 5, 40_020],
    [[30, 40], 10, 50],
    [[64], 0, 64],
  ];
  const calls: Readonly<Record<string, (original: Original) => number>> = {
    clone: (original) => original.clone(),
    "sharing clone": (original) => original.clone(SHARE),
    "clone from given pools": (original) => original.clone(0, original.listPool, original.netBufferPool),
    fragment: (original) => original.fragment(0, 20_000, 14, 8),
    reassemble: (original) => original.reassemble(3, 20, 4),
  };

  it.each(Object.keys(calls))("a %s is none, and nothing is lost, whichever allocation fails", (name) => {
    for (let failing = 0; ; failing++) {
      const original = new Original(shapes);
      const { nonpaged } = original.lab.machine;
      const before = original.account;
      let asked = 0;
      nonpaged.fault = () => asked++ >= failing;
      const nbl = calls[name](original);
      nonpaged.fault = () => false;
      if (nbl !== 0) {
        expect(failing).toBeGreaterThan(1);
        return;
      }
      expect(original.account).toEqual(before);
      const again = calls[name](original);
      expect(again, `after ${failing} allocations`).not.toBe(0);
      original.lab.machine.derivedLists.free(again);
      expect(original.account).toEqual(before);
    }
  });

  it("every block that was taken for it is given back", () => {
    for (const name of Object.keys(calls)) {
      const original = new Original(shapes);
      const { derivedLists, nonpaged } = original.lab.machine;
      derivedLists.free(calls[name](original)); // the pools have what they need
      const before = original.blocks;
      for (let failing = 0; ; failing++) {
        let asked = 0;
        nonpaged.fault = () => asked++ >= failing;
        const nbl = calls[name](original);
        nonpaged.fault = () => false;
        if (nbl === 0) expect(original.blocks, `${name}, ${failing}`).toBe(before);
        else {
          derivedLists.free(nbl);
          expect(original.blocks).toBe(before);
          break;
        }
      }
    }
  });
});

it("random lists of lists keep the bytes, and freed in any order give everything back", () => {
  const random = new Random(11);
  for (let round = 0; round < 60; round++) {
    const shapes = Array.from({ length: random.between(1, 3) }, (): Shape => {
      const sizes = Array.from({ length: random.between(1, 4) }, () => random.below(60));
      const total = sizes.reduce((a, b) => a + b);
      const offset = random.between(0, total);
      return [sizes, offset, random.between(0, total - offset)];
    });
    const original = new Original(shapes);
    const { lab } = original;
    const { derivedLists } = lab.machine;
    const before = original.account;
    const live: { nbl: number; delta: number; used: number[][] }[] = [
      { nbl: original.nbl, delta: 0, used: original.usedOf(original.nbl) },
    ];
    for (let step = 0; step < 8; step++) {
      const from = random.pick(live);
      const delta = random.pick([0, 0, 9]);
      const start = random.below(20);
      const kind = random.below(4);
      const maximum = random.between(5, 60);
      const nbl =
        kind < 2
          ? lab.plain.NdisAllocateCloneNetBufferList(from.nbl, 0, 0, kind === 0 ? 0 : SHARE)
          : kind === 2
            ? lab.plain.NdisAllocateFragmentNetBufferList(from.nbl, 0, 0, start, maximum, delta, 3, 0)
            : lab.plain.NdisAllocateReassembledNetBufferList(from.nbl, 0, start, delta, 3, 0);
      const used = original.usedOf(nbl);
      if (kind < 2) expect(used).toEqual(from.used);
      else
        expect(used.flatMap((bytes) => bytes.slice(delta))).toEqual(from.used.flatMap((bytes) => bytes.slice(start)));
      live.push({ nbl, delta: kind < 2 ? 0 : delta, used });
      for (const other of live) expect(original.usedOf(other.nbl)).toEqual(other.used);
    }
    while (live.length > 1) {
      const [gone] = live.splice(random.between(1, live.length - 1), 1);
      expect(derivedLists.free(gone.nbl, gone.delta)).toBe(true);
    }
    expect(original.account).toEqual(before);
    expect(original.usedOf(original.nbl)).toEqual(live[0].used);
  }
});
