import { describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { mdlByteCount } from "../mdl/mdl.js";
import { TAG } from "../testing/lab.js";
import { ORIGINAL_LISTS, OriginalList } from "../testing/original-list.js";

/** F6-34 and F6-35. */
describe("fragments", () => {
  it.each(ORIGINAL_LISTS)("are the used bytes in pieces, the last of each NET_BUFFER shorter: $name", ({ shapes }) => {
    for (const [start, maximum] of [
      [0, 1000],
      [0, 33],
      [7, 20],
      [29, 1],
      [80, 50],
      [100, 10],
      [0xffff_ffff, 0xffff_ffff],
    ]) {
      const original = new OriginalList(shapes);
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
    const original = new OriginalList([
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
      const original = new OriginalList([[[100], 0, 100]]);
      const before = original.account;
      original.lab.plain.NdisFreeFragmentNetBufferList(original.fragment(0, 40, 14), delta, 0);
      expect(original.account).toEqual(before);
    }
  });

  it("are none, rather than others, for what lies more than 2 GiB into a chain that shows some memory often", () => {
    const mebibyte = 1 << 20;
    const { lab, nbl, listPool } = new OriginalList([]);
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
    const original = new OriginalList([[[100], 0, 100]]);
    const before = original.account;
    expect(original.fragment(0, 0)).toBe(0);
    for (const delta of [0x3fff_ffff, 0x4000_0000, 0xffff_ffff]) expect(original.fragment(0, 40, delta)).toBe(0);
    expect(original.fragment(0, 40, 14, 0xffff_ffff)).toBe(0);
    expect(original.account).toEqual(before);
  });
});

/** F6-36 and F6-37. */
describe("a reassembled list", () => {
  it.each(ORIGINAL_LISTS)("is one NET_BUFFER over all used bytes but the first of each: $name", ({ shapes }) => {
    for (const start of [0, 1, 20, 70, 0xffff_ffff]) {
      const original = new OriginalList(shapes);
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
    const original = new OriginalList([
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
    const original = new OriginalList([[[30, 70, 500], 10, 585]]);
    const before = original.account;
    const fragments = original.fragment(20, 48, 20);
    const whole = original.reassemble(20, 0, 0, 0, fragments);
    expect(original.usedOf(whole)).toEqual([original.used(original.netBuffers[0]).slice(20)]);
    original.lab.plain.NdisFreeReassembledNetBufferList(whole, 0, 0);
    original.lab.plain.NdisFreeFragmentNetBufferList(fragments, 20, 0);
    expect(original.account).toEqual(before);
  });

  it("is none for a pool without NET_BUFFERs or with data, and beyond 32 bits", () => {
    const original = new OriginalList([[[100], 0, 100]]);
    const { lab, listPool } = original;
    const before = original.account;
    expect(original.reassemble(0, 0, 0, listPool)).toBe(0);
    const withData = lab.machine.netBufferLists.create({ tag: TAG, allocateNetBuffer: true, dataSize: 64 });
    expect(original.reassemble(0, 0, 0, withData)).toBe(0);
    expect(original.reassemble(0, 0xffff_ffff)).toBe(0);
    expect(original.account).toEqual(before);
  });
});
