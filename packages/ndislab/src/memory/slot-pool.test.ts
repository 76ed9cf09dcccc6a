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
const setMember = (handle: number, name: keyof typeof POOL.offset, value: number): void => {
  memory.u32[(handle + POOL.offset[name]) >>> 2] = value;
};

/** The list holds a slot by its address; a free one has the next in its first word. */
const prepare = (slot: number): number => {
  memory.u32[slot >>> 2] = 0;
  return slot;
};

/** Takes an object out as the pools of every kind do; 0 when there is none. */
function take(handle: number): number {
  const slot = member(handle, "FreeList") || pools.refill(handle, prepare);
  if (slot === 0) return 0;
  setMember(handle, "FreeList", memory.u32[slot >>> 2]);
  setMember(handle, "Allocations", member(handle, "Allocations") + 1);
  return slot;
}

function giveBack(handle: number, slot: number): void {
  memory.u32[slot >>> 2] = member(handle, "FreeList");
  setMember(handle, "FreeList", slot);
  setMember(handle, "Frees", member(handle, "Frees") + 1);
}

const takeAll = (handle: number, count: number): number[] => Array.from({ length: count }, () => take(handle));

describe("a new pool", () => {
  it("has a header of all its facts and no slots", () => {
    const handle = pools.create({
      kind: "netBufferList",
      tag: TAG,
      slotSize: 320,
      link: 12,
      dataSize: 1,
      dataStart: 2,
      netBufferStart: 3,
      contextSize: 4,
      protocolId: 5,
      hasNetBuffer: true,
      keepsFreed: true,
      reservedLength: 7,
      oobOffset: 8,
      limit: 6,
    });
    const words = [...memory.u32.subarray(handle >>> 2, (handle + POOL.size) >>> 2)];
    expect(words).toEqual([
      POOL_SIGNATURE.netBufferList,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      6,
      6,
      TAG,
      320,
      12,
      0,
      1,
      2,
      3,
      4,
      5,
      1,
      1,
      7,
      8,
    ]);
    expect(member(pools.create({ kind: "buffer", tag: TAG, slotSize: 8, link: 0 }), "Limit")).toBe(UNLIMITED);
  });

  it("is 0 when there is no memory for it", () => {
    nonpaged.fault = () => true;
    expect(pools.create({ kind: "buffer", tag: TAG, slotSize: 8, link: 0 })).toBe(0);
    expect(pools.report()).toEqual([]);
  });
});

describe("kinds", () => {
  it("are told from the handle, dead pools and other addresses too", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96, link: 0 });
    const dead = pools.create({ kind: "buffer", tag: TAG, slotSize: 96, link: 0 });
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

describe("refilling", () => {
  it("hands out slots that were never out, in address order, of 32 and then of doubling chunks", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96, link: 0 });
    const asked: number[] = [];
    nonpaged.fault = (size) => {
      asked.push(size / 96);
      return false;
    };
    const slots = takeAll(handle, 128);
    expect(asked).toEqual([32, 32, 64]);
    for (const [from, to] of [
      [0, 32],
      [32, 64],
      [64, 128],
    ] as const)
      expect(slots.slice(from, to)).toEqual(Array.from({ length: to - from }, (_, i) => slots[from] + i * 96));
    expect(new Set(slots).size).toBe(128);
    expect(member(handle, "FreeList")).toBe(0);
  });

  it("touches no slot before it is handed out", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96, link: 0 });
    const prepared: number[] = [];
    pools.refill(handle, (slot) => {
      prepared.push(slot);
      return prepare(slot);
    });
    expect(prepared).toHaveLength(1);
  });

  it("asks for no more than a mebibyte of slots at a time, but for at least one", () => {
    const asked: number[] = [];
    nonpaged.fault = (size, tag) => {
      if (tag === TAG) asked.push(size);
      return false;
    };
    take(pools.create({ kind: "netBuffer", tag: TAG, slotSize: 300_000, link: 0 }));
    take(pools.create({ kind: "netBuffer", tag: TAG, slotSize: 1_200_000, link: 0 }));
    expect(asked.filter((size) => size > POOL.size)).toEqual([900_000, 1_200_000]);
  });

  it("makes one slot when there is no room for more, and none of what is no pool", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 2000, link: 0 });
    nonpaged.fault = (size) => size > 2000;
    expect(take(handle)).not.toBe(0);
    expect(member(handle, "Unused")).toBe(member(handle, "UnusedEnd"));
    nonpaged.fault = () => true;
    expect(take(handle)).toBe(0);
    expect(pools.refill(0, prepare)).toBe(0);
  });

  it("starts with the block that a new pool adopted", () => {
    const handle = pools.create({ kind: "packet", tag: TAG, slotSize: 64, link: 0 });
    const block = nonpaged.allocate(3 * 64, TAG, "system");
    pools.adopt(handle, block, 3);
    expect(takeAll(handle, 3)).toEqual([block, block + 64, block + 128]);
    expect(take(handle)).not.toBe(0);
  });
});

describe("slots that are withheld", () => {
  it("come back, the same ones, once the fault plan was asked, whether they were ever out or not", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96, link: 0 });
    const [first, second] = takeAll(handle, 2);
    giveBack(handle, first);
    let refuse = true;
    let asked = 0;
    nonpaged.fault = () => {
      asked++;
      return refuse;
    };
    pools.withhold();
    pools.withhold();
    expect([take(handle), asked]).toEqual([0, 1]);
    refuse = false;
    expect([take(handle), asked]).toEqual([first, 2]);
    pools.withhold();
    pools.withhold();
    expect([take(handle), asked]).toEqual([second + 96, 3]);
    expect([take(handle), asked]).toEqual([second + 192, 3]);
  });
});

describe("counters", () => {
  it("know what is out, the most that ever was, and how often", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96, link: 0 });
    const [, , last] = takeAll(handle, 3);
    giveBack(handle, last);
    giveBack(handle, take(handle));
    expect(pools.live(handle)).toBe(2);
    expect(pools.report()).toEqual([
      { handle, kind: "netBuffer", tag: TAG, live: 2, peak: 3, allocations: 4, freed: false },
    ]);
  });

  it("go on counting what is out when the counts pass 32 bits", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96, link: 0 });
    setMember(handle, "Allocations", 0xffff_ffff);
    setMember(handle, "Frees", 0xffff_ffff);
    takeAll(handle, 3);
    expect(pools.live(handle)).toBe(3);
  });

  it("stay in the report as they were when the pool was freed, and leave pools of the system out", () => {
    const first = pools.create({ kind: "buffer", tag: TAG, slotSize: 96, link: 0 });
    pools.create({ kind: "buffer", tag: TAG, slotSize: 96, link: 0, system: true });
    const second = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96, link: 0 });
    const slot = take(first);
    pools.free(first, "buffer");
    giveBack(first, slot);
    expect(pools.report().map(({ handle, live, freed }) => [handle, live, freed])).toEqual([
      [first, 1, true],
      [second, 0, false],
    ]);
  });
});

describe("freeing", () => {
  it("gives the slots back when nothing is out, and never the handle", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96, link: 0 });
    const header = nonpaged.liveBytes;
    for (const slot of takeAll(handle, 40)) giveBack(handle, slot);
    expect(pools.free(handle, "buffer")).toBe(false);
    expect(pools.free(handle, "netBuffer")).toBe(true);
    expect(nonpaged.liveBytes).toBe(header);
    expect(member(handle, "Signature")).toBe(POOL_SIGNATURE.dead);
    expect(pools.free(handle, "netBuffer")).toBe(false);
    for (let i = 0; i < 100; i++)
      expect(pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96, link: 0 })).not.toBe(handle);
  });

  it("keeps the slots when something is out, so that it stays readable", () => {
    const handle = pools.create({ kind: "netBuffer", tag: TAG, slotSize: 96, link: 0 });
    const slot = take(handle);
    expect(pools.free(handle, "netBuffer")).toBe(true);
    expect(nonpaged.find(slot)).toMatchObject({ live: true });
  });
});
