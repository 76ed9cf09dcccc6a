import { beforeEach, describe, expect, it } from "vitest";
import { Random } from "../testing/random.js";
import { Memory } from "./memory.js";
import { NonpagedPool } from "./nonpaged-pool.js";
import { poolTag } from "./tag.js";

const TAG = poolTag("tseT");
const PAGE = 4096;

let memory: Memory;
let pool: NonpagedPool;

beforeEach(() => {
  memory = new Memory(2 << 20);
  pool = new NonpagedPool(memory, 0x10000);
});

const take = (size: number): number => pool.allocate(size, TAG, "driver");

describe("a block", () => {
  it("is aligned to 16, and to a page from 4096 bytes on", () => {
    for (let size = 0; size < 3000; size += 7) expect(take(size) % 16).toBe(0);
    for (const size of [4096, 4097, 10_000, 65_536]) expect(take(size) % PAGE).toBe(0);
  });

  it("is aligned to more where that is asked for", () => {
    for (let size = 0; size < 3000; size += 7) expect(pool.allocate(size, TAG, "driver", 64) % 64).toBe(0);
  });

  it("of a page or less lies within one page", () => {
    for (const alignment of [16, 64])
      for (const size of [1, 40, 70, 88, 150, 180, 300, 370, 630, 760, 1336, 2040, 2041, 4088, PAGE])
        for (let i = 0; i < (size < 1000 ? 150 : 5); i++) {
          const address = pool.allocate(size, TAG, "driver", alignment);
          expect(address).not.toBe(0);
          expect((address % PAGE) + size).toBeLessThanOrEqual(PAGE);
        }
  });

  it("lies in the pool, apart from every other one, with guard bytes behind it", () => {
    const random = new Random(1);
    const blocks = Array.from({ length: 400 }, () => {
      const size = random.pick([0, 1, 24, 25, 100, 1336, 1337, 2040, 2041, 4088, 4089, 5000]);
      return { address: take(size), size };
    }).filter(({ address }) => address !== 0);
    blocks.sort((a, b) => a.address - b.address);
    for (const [i, { address, size }] of blocks.entries()) {
      expect(address).toBeGreaterThanOrEqual(pool.base);
      expect(address + size + 8).toBeLessThanOrEqual(blocks[i + 1]?.address ?? pool.end);
      expect([...memory.bytes(address + size, 8)]).toEqual(Array(8).fill(0xfd));
    }
  });

  it("is found at its start, inside, and at its last byte, with what is known of it", () => {
    for (const size of [1, 100, 2040, 2041, 9000]) {
      const address = pool.allocate(size, TAG, "system");
      for (const at of [address, address + (size >> 1), address + size - 1])
        expect(pool.find(at)).toEqual({ address, size, tag: TAG, live: true, purpose: "system" });
    }
  });

  it("is known as freed until its room is used again", () => {
    for (const size of [100, 9000]) {
      const address = take(size);
      pool.free(address);
      expect(pool.find(address + 5)).toEqual({ address, size, tag: TAG, live: false, purpose: "driver" });
    }
  });

  it("of no bytes is a block all the same", () => {
    const [a, b] = [take(0), take(0)];
    expect(a).not.toBe(0);
    expect(b).not.toBe(a);
    expect(pool.find(a)).toMatchObject({ address: a, size: 0 });
    expect(pool.overrun(a)).toBe(-1);
    expect(pool.free(a)).toBe(true);
  });
});

describe("find", () => {
  it("knows nothing of addresses where no block was", () => {
    take(10);
    for (const address of [0, 0xfff, pool.base - 1, pool.end, pool.end - 1, memory.byteLength, 0xffff_ffff])
      expect(pool.find(address)).toBeUndefined();
    expect(pool.find(take(10) + 64)).toBeUndefined(); // a slot never used
  });

  it("tells the system's blocks from the driver's", () => {
    const [mine, theirs] = [take(50), pool.allocate(50, TAG, "system")];
    expect([mine, theirs, theirs + 49, 0, pool.end].map((at) => pool.isSystem(at))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    pool.free(theirs);
    expect(pool.isSystem(theirs)).toBe(false);
    const [large, behind] = [pool.allocate(9000, TAG, "system"), take(9000)];
    const within = [large, large + 8999, large - 1, behind, behind + 8999];
    expect(within.map((at) => pool.isSystem(at))).toEqual([true, true, false, false, false]);
    pool.free(large);
    expect(pool.isSystem(large)).toBe(false);
    expect([take(9000), pool.isSystem(large)]).toEqual([large, false]);
  });
});

describe("free", () => {
  it("takes the start of a live block and nothing else", () => {
    for (const size of [100, 9000]) {
      const address = take(size);
      const { liveBlocks } = pool;
      for (const wrong of [address + 1, address + 16, address - 16, 0, 0xffff_fff0])
        expect(pool.free(wrong)).toBe(false);
      expect(pool.liveBlocks).toBe(liveBlocks);
      expect(pool.free(address)).toBe(true);
      expect(pool.free(address)).toBe(false);
      expect(pool.liveBlocks).toBe(liveBlocks - 1);
    }
  });

  it("gives slots of a size class out again, the last one first", () => {
    const [a, b, c] = [take(100), take(110), take(120)];
    for (const address of [a, b, c]) pool.free(address);
    expect([take(115), take(97), take(120)]).toEqual([c, b, a]); // one class: 97 to 120 and 8 bytes of guard
    expect(take(121)).not.toBe(take(120));
  });

  it("reuses slots of a span that was full", () => {
    const first = take(2000);
    const span = [first];
    while (pool.grownBytes === PAGE) span.push(take(2000)); // two slots, and one that starts the next span
    expect(span).toHaveLength(3);
    const grown = pool.grownBytes;
    for (const address of span) pool.free(address);
    const again = new Set(span.map(() => take(2000)));
    expect(again).toEqual(new Set(span));
    expect(pool.grownBytes).toBe(grown);
  });

  it("joins neighbouring large blocks, in whatever order they are freed", () => {
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
    ];
    for (const order of orders) {
      const run = [take(2 * PAGE), take(3 * PAGE), take(PAGE)];
      const fence = take(PAGE);
      const grown = pool.grownBytes;
      for (const i of order) pool.free(run[i]);
      expect(take(8 * PAGE)).toBe(run[0]); // 3 + 4 + 2 pages, since each has its guard bytes
      expect(pool.grownBytes).toBe(grown);
      pool.free(run[0]);
      pool.free(fence);
      memory = new Memory(2 << 20);
      pool = new NonpagedPool(memory, 0x10000);
    }
  });

  it("splits a large run and keeps the rest for later", () => {
    const large = take(9 * PAGE);
    take(PAGE);
    pool.free(large);
    const grown = pool.grownBytes;
    expect(take(4 * PAGE)).toBe(large);
    expect(take(4 * PAGE)).toBe(large + 5 * PAGE);
    expect(pool.grownBytes).toBe(grown);
    expect(pool.free(large + PAGE)).toBe(false); // the middle of what once was one block
  });
});

describe("guard bytes", () => {
  it("tell the first byte behind a block that was written", () => {
    for (const size of [0, 1, 31, 100, 2040, 5000]) {
      const address = take(size);
      memory.u8.fill(0x11, address, address + size);
      expect(pool.overrun(address)).toBe(-1);
      memory.u8[address + size + 7] = 0;
      expect(pool.overrun(address)).toBe(size + 7);
      memory.u8[address + size] = 0;
      expect(pool.overrun(address)).toBe(size);
    }
  });

  it("are written again when a slot is used again", () => {
    const address = take(100);
    memory.u8.fill(0x11, address, address + 120);
    pool.free(address);
    expect(take(98)).toBe(address);
    expect(pool.overrun(address)).toBe(-1);
  });

  it("say nothing of a freed block or of no block", () => {
    const address = take(100);
    memory.u8[address + 100] = 0;
    pool.free(address);
    expect([address, 0, pool.end].map((at) => pool.overrun(at))).toEqual([-1, -1, -1]);
  });
});

describe("a shortage", () => {
  it("of all memory leaves everything as it was", () => {
    const blocks: number[] = [];
    for (let address = take(3000); address !== 0; address = take(3000)) blocks.push(address);
    const before = { bytes: pool.liveBytes, blocks: pool.liveBlocks, grown: pool.grownBytes };
    for (const size of [3000, 100, 1, 50_000]) expect(take(size)).toBe(0);
    expect({ bytes: pool.liveBytes, blocks: pool.liveBlocks, grown: pool.grownBytes }).toEqual(before);
    for (const [i, address] of blocks.entries()) memory.u8.fill(i, address, address + 3000);
    for (const [i, address] of blocks.entries()) {
      expect(memory.u8[address]).toBe(i & 0xff);
      expect(pool.overrun(address)).toBe(-1);
    }
    const middle = blocks[blocks.length >> 1];
    pool.free(middle);
    expect(take(3000)).toBe(middle);
  });

  it("is what a size beyond the pool, or one that is no size, meets", () => {
    for (const size of [pool.end - pool.base + 1, pool.end - pool.base, 0xffff_ffff, -1, Number.NaN])
      expect(take(size)).toBe(0);
    expect(pool.liveBlocks).toBe(0);
  });

  it("is what the fault plan says", () => {
    const asked: [number, number][] = [];
    pool.fault = (size, tag) => asked.push([size, tag]) % 2 === 0;
    const blocks = [1, 2, 3, 4].map((size) => take(size));
    expect(blocks.map((address) => address !== 0)).toEqual([true, false, true, false]);
    expect(asked).toEqual([1, 2, 3, 4].map((size) => [size, TAG]));
    expect(pool.liveBlocks).toBe(2);
    expect(pool.liveBytes).toBe(4);
  });
});

describe("the accounts", () => {
  it("list the live blocks of one purpose in address order", () => {
    const addresses = [30, 5000, 31, 900, 2].map((size) => take(size));
    pool.allocate(30, TAG, "system");
    pool.free(addresses[2]);
    const live = [...pool.live("driver")];
    expect(live.map(({ address }) => address)).toEqual(addresses.filter((_, i) => i !== 2).sort((a, b) => a - b));
    expect(live.every((block) => block.live && block.tag === TAG)).toBe(true);
    expect([...pool.live("system")]).toHaveLength(1);
  });

  it("agree with a plain list through 20 000 random steps", () => {
    const random = new Random(20_000);
    const model = new Map<number, { size: number; mark: number }>();
    for (let step = 0; step < 20_000; step++) {
      if (model.size > 60 || (model.size > 0 && random.below(2) === 0)) {
        const address = random.pick([...model.keys()]);
        const { size, mark } = model.get(address) as { size: number; mark: number };
        if (size > 0) expect([memory.u8[address], memory.u8[address + size - 1]]).toEqual([mark, mark]);
        expect(pool.free(address)).toBe(true);
        model.delete(address);
      } else {
        const size = random.below(2) === 0 ? random.below(3000) : random.below(20_000);
        const address = take(size);
        expect(address).not.toBe(0);
        memory.u8.fill(step, address, address + size);
        model.set(address, { size, mark: step & 0xff });
      }
      if (step % 1000 !== 0) continue;
      expect(pool.liveBlocks).toBe(model.size);
      expect(pool.liveBytes).toBe([...model.values()].reduce((sum, { size }) => sum + size, 0));
      expect([...pool.live("driver")].map(({ address }) => address)).toEqual([...model.keys()].sort((a, b) => a - b));
    }
  });

  it("count the driver's blocks by tag", () => {
    const other = poolTag("rhtO");
    const [a, b] = [take(1), take(2)];
    pool.allocate(3, other, "driver");
    pool.allocate(4, TAG, "system");
    pool.free(a);
    pool.free(b);
    expect(pool.usage()).toEqual([
      { tag: TAG, live: 0, peak: 2, allocations: 2 },
      { tag: other, live: 1, peak: 1, allocations: 1 },
    ]);
  });
});

describe("paged blocks", () => {
  it("are the driver's, and known as paged, alive or freed", () => {
    const nonpaged = take(100);
    const paged = pool.allocate(100, TAG, "paged");
    expect([...pool.live("driver")].map(({ address, purpose }) => [address, purpose])).toEqual(
      [
        [nonpaged, "driver"],
        [paged, "paged"],
      ].sort(([a], [b]) => Number(a) - Number(b)),
    );
    expect([...pool.live("system")]).toEqual([]);
    expect(pool.isSystem(paged)).toBe(false);
    expect(pool.usage()).toMatchObject([{ tag: TAG, live: 2, peak: 2, allocations: 2 }]);
    expect([pool.free(paged), pool.free(paged)]).toEqual([true, false]);
    expect(pool.find(paged)).toMatchObject({ live: false, purpose: "paged" });
    expect(pool.usage()).toMatchObject([{ live: 1 }]);
  });

  it("regression: a free behind the last slot of a span is none", () => {
    const first = take(1300);
    const span = PAGE - (PAGE % 1344);
    expect(pool.free(first + span)).toBe(false);
  });
});
