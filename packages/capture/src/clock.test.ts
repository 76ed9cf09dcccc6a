import { describe, expect, test } from "vitest";
import { Clock, StampConverter } from "./clock.js";

const words = (count: bigint): [number, number] => [Number(count >> 32n), Number(count & 0xffffffffn)];
const time = (clock: Clock, high: number, low: number) => [clock.seconds(high, low), clock.nanoseconds(high, low)];

describe("split clocks", () => {
  test("are seconds and a fraction", () => {
    expect(time(Clock.microseconds, 1700000000, 123456)).toEqual([1700000000, 123456000]);
    expect(time(Clock.nanoseconds, 0xffffffff, 999999999)).toEqual([0xffffffff, 999999999]);
  });

  test("carry a fraction of more than a second", () => {
    expect(time(Clock.microseconds, 5, 4294967295)).toEqual([4299, 967295000]);
    expect(time(Clock.nanoseconds, 5, 4294967295)).toEqual([9, 294967295]);
  });
});

describe("counters", () => {
  test.each([0, 3, 6, 7, 9, 12, 19, 0x80, 0x81, 0x8a, 0x97, 0x98, 0xa0, 0xbf])(
    "divide exactly at resolution %i",
    (resolution) => {
      const clock = Clock.counter(resolution);
      const base = (resolution & 0x80) === 0 ? 10n : 2n;
      const ticks = base ** BigInt(resolution & 0x7f);
      for (const count of [0n, 1n, ticks - 1n, ticks, 1700000000123456789n, 2n ** 53n + 1n, 2n ** 64n - 1n]) {
        const expected = [Number(count / ticks), Number(((count % ticks) * 1_000_000_000n) / ticks)];
        expect(time(clock, ...words(BigInt.asUintN(64, count)))).toEqual(expected);
      }
    },
  );

  test("round down just below a whole second", () => {
    for (const seconds of [1n, 999n, 1700000000n, 9007199253n]) {
      const count = seconds * 1_000_000n - 1n;
      expect(time(Clock.counter(6), ...words(count))).toEqual([Number(seconds - 1n), 999_999_000]);
    }
  });

  test("add the offset, also a negative one", () => {
    expect(time(Clock.counter(6, 1_000_000_000), ...words(1_500_000n))).toEqual([1_000_000_001, 500_000_000]);
    expect(time(Clock.counter(9, -5), ...words(1_500_000_000n))).toEqual([-4, 500_000_000]);
    expect(time(Clock.counter(0xa0, 7), ...words(1n << 31n))).toEqual([7, 500_000_000]);
  });

  test("of absurd resolutions give the first instant", () => {
    expect(time(Clock.counter(0x7f), 0xffffffff, 0xffffffff)).toEqual([0, 0]);
    expect(time(Clock.counter(0xff), 0xffffffff, 0xffffffff)).toEqual([0, 0]);
  });

  test("know whether microseconds hold their stamps", () => {
    expect([0, 6, 0x80, 0x86].map((resolution) => Clock.counter(resolution).fitsMicroseconds)).toEqual(
      Array(4).fill(true),
    );
    expect([7, 9, 0x87, 0xa0].map((resolution) => Clock.counter(resolution).fitsMicroseconds)).toEqual(
      Array(4).fill(false),
    );
    expect([Clock.microseconds.fitsMicroseconds, Clock.nanoseconds.fitsMicroseconds]).toEqual([true, false]);
  });
});

test("clocks are equal when their stamps mean the same", () => {
  expect(Clock.counter(6).equals(Clock.counter(6, 0))).toBe(true);
  expect(Clock.counter(6).equals(Clock.counter(6, 1))).toBe(false);
  expect(Clock.counter(6).equals(Clock.counter(9))).toBe(false);
  expect(Clock.counter(6).equals(Clock.microseconds)).toBe(false);
});

describe("conversion", () => {
  const convert = (from: Clock, to: Clock, high: number, low: number) => {
    const converter = new StampConverter(from, to);
    return converter.convert(high, low) ? [converter.high, converter.low] : undefined;
  };

  test("from seconds and fraction to a count is exact", () => {
    for (const [clock, ticks] of [
      [Clock.microseconds, 1_000_000n],
      [Clock.nanoseconds, 1_000_000_000n],
    ] as const) {
      for (const seconds of [0, 1, 65535, 65536, 1700000000, 0x7fffffff, 0x80000000, 0xffffffff]) {
        for (const fraction of [0, 1, 999_999, 0x80000000, 0xffffffff]) {
          const expected = words(BigInt(seconds) * ticks + BigInt(fraction));
          expect(convert(clock, Clock.counter(clock.resolution), seconds, fraction)).toEqual(expected);
        }
      }
    }
  });

  test("from a count to seconds and fraction cuts off what is finer", () => {
    const count = words(1700000000_123456789n);
    expect(convert(Clock.counter(9), Clock.nanoseconds, ...count)).toEqual([1700000000, 123456789]);
    expect(convert(Clock.counter(9), Clock.microseconds, ...count)).toEqual([1700000000, 123456]);
    expect(convert(Clock.nanoseconds, Clock.microseconds, 7, 999_999_999)).toEqual([7, 999_999]);
    expect(convert(Clock.microseconds, Clock.nanoseconds, 7, 999_999)).toEqual([7, 999_999_000]);
  });

  test("applies the offset", () => {
    expect(convert(Clock.counter(6, 1000), Clock.microseconds, ...words(2_000_003n))).toEqual([1002, 3]);
  });

  test("refuses times that 32 bits of seconds do not hold", () => {
    expect(convert(Clock.counter(6), Clock.microseconds, ...words(4294967295_999999n))).toEqual([4294967295, 999999]);
    expect(convert(Clock.counter(6), Clock.microseconds, ...words(4294967296_000000n))).toBeUndefined();
    expect(convert(Clock.counter(6, -1), Clock.microseconds, ...words(999_999n))).toBeUndefined();
  });
});
