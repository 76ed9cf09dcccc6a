import { beforeEach, describe, expect, it } from "vitest";
import { Memory } from "../memory/memory.js";
import { NonpagedPool } from "../memory/nonpaged-pool.js";
import { ExceptionFault } from "./driver-fault.js";
import { PoolMemory } from "./pool-memory.js";

let nonpaged: NonpagedPool;
let memory: Memory;
let pool: PoolMemory;

beforeEach(() => {
  memory = new Memory(1 << 18);
  memory.u8.fill(0xaa, 0x10000);
  nonpaged = new NonpagedPool(memory, 0x10000);
  pool = new PoolMemory(memory, nonpaged);
});

const isZero = (block: number): boolean => memory.bytes(block, 100).every((byte) => byte === 0);
const fill = (block: number): string => (isZero(block) ? "zero" : "as it was");

describe("pool types", () => {
  it("odd ones are paged", () => {
    for (const type of [0, 1, 2, 4, 5, 512, 516])
      expect(nonpaged.find(pool.allocate(type, 100, 1))?.purpose, `type ${type}`).toBe(type & 1 ? "paged" : "driver");
  });

  it("that end in CacheAligned, and the flag, align to a cache line", () => {
    const step = (give: () => number): number => {
      const blocks = Array.from({ length: 4 }, give);
      return Math.max(...[16, 32, 64].filter((align) => blocks.every((block) => block % align === 0)));
    };
    expect([0, 4, 5, 512, 516].map((type) => step(() => pool.allocate(type, 70, 1)))).toEqual([16, 64, 64, 16, 64]);
    expect([0x40n, 0x48n, 0x108n].map((flags) => step(() => pool.allocateByFlags(flags, 70, 1)))).toEqual([16, 64, 64]);
  });

  it("POOL_ZERO_ALLOCATION clears, and so do the functions that say so", () => {
    expect(fill(pool.allocate(0, 100, 1))).toBe("as it was");
    expect(fill(pool.allocate(0x400, 100, 1))).toBe("zero");
    expect(fill(pool.allocateZero(512, 100, 1))).toBe("zero");
    expect(fill(pool.allocateWithQuota(0, 100, 1))).toBe("as it was");
  });

  it("exceptions are raised only where they are asked for", () => {
    nonpaged.fault = () => true;
    expect([pool.allocate(0, 100, 1), pool.allocateZero(0, 100, 1), pool.allocateWithQuota(8, 100, 1)]).toEqual([
      0, 0, 0,
    ]);
    for (const raise of [
      () => pool.allocate(16, 100, 1),
      () => pool.allocateWithQuota(0, 100, 1),
      () => pool.allocateByFlags(0x60n, 100, 1),
    ])
      expect(raise).toThrow(ExceptionFault);
  });
});

describe("pool flags", () => {
  it("name one kind of memory, and clear it unless told not to", () => {
    expect(nonpaged.find(pool.allocateByFlags(0x40n, 100, 1))?.purpose).toBe("driver");
    expect(nonpaged.find(pool.allocateByFlags(0x80n, 100, 1))?.purpose).toBe("driver");
    expect(nonpaged.find(pool.allocateByFlags(0x100n, 100, 1))?.purpose).toBe("paged");
    expect(fill(pool.allocateByFlags(0x40n, 100, 1))).toBe("zero");
    expect(fill(pool.allocateByFlags(0x42n, 100, 1))).toBe("as it was");
  });

  it.each([0n, 0x140n, 0xc0n, 0x240n, 0x50n])("0x%s are refused", (flags) => {
    expect(pool.allocateByFlags(flags, 100, 1)).toBe(0);
  });

  it("optional ones, in the upper half, change nothing", () => {
    expect(pool.allocateByFlags(0x1_0000_0040n, 100, 1)).not.toBe(0);
  });

  it("a tag of 0 is refused, by an exception where that is asked for", () => {
    expect(pool.allocateByFlags(0x40n, 100, 0)).toBe(0);
    expect(() => pool.allocateByFlags(0x60n, 100, 0)).toThrow(ExceptionFault);
  });
});
