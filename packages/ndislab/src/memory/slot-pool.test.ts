import { beforeEach, describe, expect, it } from "vitest";
import { POOL, POOL_SIGNATURE } from "../layout/pool.js";
import { Memory } from "./memory.js";
import { NonpagedPool } from "./nonpaged-pool.js";
import { SlotPools, UNLIMITED } from "./slot-pool.js";
import { poolTag } from "./tag.js";

const TAG = poolTag("tseT");

let memory: Memory;
let nonpaged: NonpagedPool;
let pools: SlotPools;

beforeEach(() => {
  memory = new Memory(4 << 20);
  nonpaged = new NonpagedPool(memory, 0x10000);
  pools = new SlotPools(memory, nonpaged);
});

const member = (handle: number, name: keyof typeof POOL.offset): number =>
  memory.u32[(handle + POOL.offset[name]) >>> 2];

/** Grows a pool and returns the slots of the new chunk, in the order the free list has them. */
function grow(handle: number): number[] {
  const before = member(handle, "FreeList");
  expect(
    pools.grow(handle, (slot, next) => {
      memory.u32[slot >>> 2] = next;
      return slot;
    }),
  ).toBe(true);
  const slots: number[] = [];
  for (let slot = member(handle, "FreeList"); slot !== before; slot = memory.u32[slot >>> 2]) slots.push(slot);
  return slots;
}

describe("a new pool", () => {
  it("has a header of all its facts and no slots", () => {
    const handle = pools.create({
      kind: "netBufferList",
      tag: TAG,
      slotSize: 320,
      dataSize: 1,
      dataStart: 2,
      netBufferStart: 3,
      contextSize: 4,
      protocolId: 5,
      hasNetBuffer: true,
      limit: 6,
    });
    const words = [...memory.u32.subarray(handle >>> 2, (handle + POOL.size) >>> 2)];
    expect(words).toEqual([POOL_SIGNATURE.netBufferList, 0, 0, 0, 0, 6, TAG, 320, 1, 2, 3, 4, 5, 1]);
    expect(member(pools.create({ kind: "buffer", tag: TAG, slotSize: 8 }), "Limit")).toBe(UNLIMITED);
  });

  it("is 0 when there is no memory for it", () => {
    nonpaged.fault = () => true;
    expect(pools.create({ kind: "buffer", tag: TAG, slotSize: 8 })).toBe(0);
    expect(pools.report()).toEqual([]);
  });
});

describe("kinds", () => {
  it("are told from the handle, dead pools and other addresses too", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96 });
    const dead = pools.create({ kind: "buffer", tag: TAG, slotSize: 96 });
    pools.free(dead, "buffer");
    expect([handle, dead, 0, handle + 4, 12].map((at) => pools.kindOf(at))).toEqual([
      "netBuffer",
      "dead",
      undefined,
      undefined,
      undefined,
    ]);
    expect(pools.is(handle, "netBuffer")).toBe(true);
    expect([pools.is(handle, "buffer"), pools.is(dead, "buffer"), pools.is(handle + 1, "netBuffer")]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("are not told from the signature alone, which a driver could write", () => {
    const fake: number = nonpaged.allocate(POOL.size, TAG, "driver");
    memory.u32[fake >>> 2] = POOL_SIGNATURE.buffer;
    expect(pools.is(fake, "buffer")).toBe(false);
    expect(pools.free(fake, "buffer")).toBe(false);
  });
});

describe("growing", () => {
  it("adds 32 slots, then doubles, in address order and without overlap", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96 });
    const chunks = [grow(handle), grow(handle), grow(handle)];
    expect(chunks.map((slots) => slots.length)).toEqual([32, 32, 64]);
    for (const slots of chunks) expect(slots).toEqual(slots.map((_, i) => slots[0] + i * 96));
    expect(new Set(chunks.flat()).size).toBe(128);
  });

  it("adds no more than a mebibyte of slots at a time, but at least one", () => {
    const large = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 300_000 });
    expect(grow(large)).toHaveLength(3);
    const huge = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 1_200_000 });
    expect(grow(huge)).toHaveLength(1);
  });

  it("adds one slot when there is no room for more", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 2000 });
    nonpaged.fault = (size) => size > 2000;
    expect(grow(handle)).toHaveLength(1);
    nonpaged.fault = () => true;
    expect(pools.grow(handle, (slot) => slot)).toBe(false);
    expect(pools.grow(0, (slot) => slot)).toBe(false);
  });
});

describe("counters", () => {
  it("know what is out, the most that ever was, and how often", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96 });
    for (let i = 0; i < 3; i++) pools.countOut(handle);
    pools.countIn(handle);
    pools.countOut(handle);
    pools.countIn(handle);
    expect(pools.live(handle)).toBe(2);
    expect(pools.report()).toEqual([
      { handle, kind: "netBuffer", tag: TAG, live: 2, peak: 3, allocations: 4, freed: false },
    ]);
  });

  it("stay in the report as they were when the pool was freed, and leave pools of the system out", () => {
    const first = pools.create({ kind: "buffer", tag: TAG, slotSize: 96 });
    pools.create({ kind: "buffer", tag: TAG, slotSize: 96, system: true });
    const second = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96 });
    pools.countOut(first);
    pools.free(first, "buffer");
    pools.countIn(first);
    expect(pools.report().map(({ handle, live, freed }) => [handle, live, freed])).toEqual([
      [first, 1, true],
      [second, 0, false],
    ]);
  });
});

describe("freeing", () => {
  it("gives the slots back when nothing is out, and never the handle", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96 });
    const header = nonpaged.liveBytes;
    grow(handle);
    grow(handle);
    expect(pools.free(handle, "buffer")).toBe(false);
    expect(pools.free(handle, "netBuffer")).toBe(true);
    expect(nonpaged.liveBytes).toBe(header);
    expect(member(handle, "Signature")).toBe(POOL_SIGNATURE.dead);
    expect(pools.free(handle, "netBuffer")).toBe(false);
    for (let i = 0; i < 100; i++) expect(pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96 })).not.toBe(handle);
  });

  it("keeps the slots when something is out, so that it stays readable", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96 });
    const [slot] = grow(handle);
    pools.countOut(handle);
    expect(pools.free(handle, "netBuffer")).toBe(true);
    expect(nonpaged.find(slot)).toMatchObject({ live: true });
  });
});
