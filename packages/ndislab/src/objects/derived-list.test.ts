import { beforeEach, describe, expect, it } from "vitest";
import { Ndis } from "./ndis.js";
import type { NetBufferList } from "./net-buffer-list.js";
import { bytes, chainOf, codeOf } from "./testing/objects.js";

let ndis: Ndis;
/** 100 bytes, of which 90 are used, in three MDLs. */
let original: NetBufferList;
const DATA = bytes(90);

beforeEach(() => {
  ndis = new Ndis({ memorySize: 2 << 20 });
  original = ndis.createNetBufferListPool({ netBuffers: true }).allocateOver(chainOf(ndis, [30, 0, 50, 20]), 10, 0);
  original.first?.write(DATA);
});

const data = (list: NetBufferList): number[][] =>
  [...list.netBuffers].map((nb) => {
    const all = new Uint8Array(nb.length);
    nb.readInto(all);
    return [...all];
  });
const pieces = (maximum: number, from = 0): number[][] => {
  const all: number[][] = [];
  for (let at = from; at < DATA.length; at += maximum) all.push([...DATA.subarray(at, at + maximum)]);
  return all;
};
const blocks = (): number => ndis.machine.nonpaged.liveBlocks;

describe("a clone", () => {
  it("is over the same bytes, with MDLs of its own over nothing else", () => {
    const clone = original.clone();
    expect(data(clone)).toEqual([[...DATA]]);
    expect([clone.first?.headRoom, [...(clone.first?.mdls ?? [])].map((mdl) => mdl.length)]).toEqual([0, [20, 50, 20]]);
    [...(original.first?.segments() ?? [])][0][0] = 0xee;
    expect(data(clone)[0][0]).toBe(0xee);
    expect(clone.first?.firstMdl).not.toBe(original.first?.firstMdl);
    clone.free();
    expect([clone.live, original.live]).toEqual([false, true]);
  });

  it("shares the MDLs when asked to, unused bytes and all", () => {
    const clone = original.clone({ shareMdls: true });
    expect([clone.first?.headRoom, clone.first?.firstMdl]).toEqual([10, original.first?.firstMdl]);
    clone.free();
    expect(original.first?.firstMdl?.live).toBe(true);
  });

  it("comes from the pools that are named", () => {
    const pool = ndis.createNetBufferListPool();
    const netBufferPool = ndis.createNetBufferPool();
    const clone = original.clone({ pool, netBufferPool });
    expect([clone.pool, clone.first?.pool, pool.live, netBufferPool.live]).toEqual([pool, netBufferPool, 1, 1]);
    clone.free();
    expect([pool.live, netBufferPool.live]).toEqual([0, 0]);
  });

  it("makes no object and no block that the one before it has not left", () => {
    const first = original.clone();
    const nb = first.first;
    first.free();
    const before = blocks();
    const second = original.clone();
    expect([second, second.first, blocks()]).toEqual([first, nb, before]);
    second.free();
  });
});

describe("fragments", () => {
  it("are pieces of at most so many bytes, each with room for a header", () => {
    const list = original.fragment({ maximum: 40, header: 6, backFill: 2 });
    expect([...list.netBuffers].map((nb) => [nb.length, nb.headRoom])).toEqual([
      [46, 2],
      [46, 2],
      [16, 2],
    ]);
    expect(data(list).map((piece) => piece.slice(6))).toEqual(pieces(40));
    list.free();
  });

  it("leave the start out that the caller wants left out", () => {
    const list = original.fragment({ maximum: 33, start: 20 });
    expect(data(list)).toEqual(pieces(33, 20));
    list.free();
  });

  it("are put together again without their headers", () => {
    const list = original.fragment({ maximum: 25, header: 4 });
    const whole = list.reassemble({ start: 4, header: 8 });
    expect(data(whole).map((all) => all.slice(8))).toEqual([[...DATA]]);
    expect(codeOf(() => list.free())).toBe("NBL-CHILD");
    whole.free();
    list.free();
  });
});

describe("all NET_BUFFERs of a list", () => {
  it("retreat and advance together, or none of them", () => {
    const list = original.fragment({ maximum: 40 });
    list.retreat(14);
    expect([...list.netBuffers].map((nb) => nb.length)).toEqual([54, 54, 24]);
    expect(codeOf(() => list.advance(25))).toBe("NB-RANGE");
    expect([...list.netBuffers].map((nb) => nb.length)).toEqual([54, 54, 24]);
    list.advance(14);
    expect(data(list)).toEqual(pieces(40));
    ndis.machine.nonpaged.fault = () => true;
    expect(codeOf(() => list.retreat(4000))).toBe("NDIS_STATUS_RESOURCES");
    ndis.machine.nonpaged.fault = () => false;
    expect(data(list)).toEqual(pieces(40));
    list.free();
  });
});

describe("wrong use", () => {
  it("of the original: it is not freed before what is derived from it", () => {
    const clones = [original.clone(), original.clone()];
    expect(codeOf(() => original.free())).toBe("NBL-CHILD");
    expect(original.live).toBe(true);
    for (const clone of clones) clone.free();
    expect(codeOf(() => clones[0].free())).toBe("NBL-DFREE");
    original.free();
    expect(codeOf(() => original.clone())).toBe("NBL-NOTPOOL");
  });

  it("of pools", () => {
    const other = new Ndis({ memorySize: 1 << 20 }).createNetBufferListPool();
    const disposed = ndis.createNetBufferListPool();
    disposed.dispose();
    for (const pool of [other, disposed]) expect(codeOf(() => original.clone({ pool }))).toBe("POOL-HANDLE");
    const netBufferPool = ndis.createNetBufferPool({ dataSize: 8 });
    expect(codeOf(() => original.clone({ netBufferPool }))).toBe("NB-DATAPOOL");
    const bare = ndis.createNetBufferListPool();
    expect(codeOf(() => original.reassemble({ pool: bare }))).toBe("NBL-WRONGPOOL");
  });

  it("of numbers", () => {
    expect(codeOf(() => original.fragment({ maximum: 0 }))).toBe("NDIS_STATUS_INVALID_PARAMETER");
    expect(codeOf(() => original.fragment({ maximum: 1, start: -1 }))).toBe("NDIS_STATUS_INVALID_PARAMETER");
    expect(codeOf(() => original.reassemble({ header: 0.5 }))).toBe("NDIS_STATUS_INVALID_PARAMETER");
  });

  it("of memory that is full: nothing is left behind", () => {
    const before = blocks();
    ndis.machine.nonpaged.fault = () => true;
    ndis.machine.pools.withhold();
    expect(codeOf(() => original.clone())).toBe("NDIS_STATUS_RESOURCES");
    expect([blocks(), original.live]).toEqual([before, true]);
    ndis.machine.nonpaged.fault = () => false;
    original.free();
  });
});
