import { describe, expect, it } from "vitest";
import { NBL_FLAGS, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { MDL_STATE } from "../mdl/mdl.js";
import { mdlsOf } from "../testing/chain-model.js";
import { OriginalList, type Shape } from "../testing/original-list.js";
import { Random } from "../testing/random.js";
import { DERIVED_OFFSET } from "./derived-lists.js";

const SHARE = NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS;

it("what a list is derived from stands in its last word, which is nobody's", () => {
  const last = NET_BUFFER_LIST.fields.at(-1)!;
  expect(DERIVED_OFFSET).toBe(last.offset + last.size);
  expect(DERIVED_OFFSET + 4).toBe(NET_BUFFER_LIST.size);
});

describe("freeing a derived list", () => {
  it("does nothing to a list that is derived from none, and to one that was freed", () => {
    const original = new OriginalList([[[100], 0, 100]]);
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
    const original = new OriginalList([[[100], 0, 100]]);
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
    const original = new OriginalList([[[100], 0, 100]]);
    const before = original.account;
    const clone = original.clone();
    const { blocks } = original;
    original.lab.plain.NdisRetreatNetBufferDataStart(original.on(clone)[0], 14, 0, 0);
    original.lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect(original.account).toEqual(before);
    expect(original.blocks).toBeLessThanOrEqual(blocks + 1); // slots for the MDL of the retreat
  });

  it("survives that the list's pool is gone", () => {
    const original = new OriginalList([[[100], 0, 100]]);
    const { lab, listPool } = original;
    const clone = original.clone(0, listPool, 0);
    lab.plain.NdisFreeNetBufferListPool(listPool);
    lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    expect(lab.machine.derivedMdls.live).toBe(0);
  });
});

describe("when memory runs out in the middle", () => {
  const shapes: readonly Shape[] = [
    [[10, 20, 40_000], 5, 40_020],
    [[30, 40], 10, 50],
    [[64], 0, 64],
  ];
  const calls: Readonly<Record<string, (original: OriginalList) => number>> = {
    clone: (original) => original.clone(),
    "sharing clone": (original) => original.clone(SHARE),
    "clone from given pools": (original) => original.clone(0, original.listPool, original.netBufferPool),
    fragment: (original) => original.fragment(0, 20_000, 14, 8),
    reassemble: (original) => original.reassemble(3, 20, 4),
  };

  it.each(Object.keys(calls))("a %s is none, and nothing is lost, whichever allocation fails", (name) => {
    for (let failing = 0; ; failing++) {
      const original = new OriginalList(shapes);
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
      const original = new OriginalList(shapes);
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
    const original = new OriginalList(shapes);
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
