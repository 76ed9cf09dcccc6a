import { expect, it } from "vitest";
import { median, percentile, spread } from "./statistics.mjs";

it("the median is the middle value, or lies between the two in the middle", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
  expect(median([3])).toBe(3);
});

it("the spread leaves a quarter out on either side", () => {
  expect(spread([8, 1, 2, 3, 4, 5, 6, 7])).toEqual({ median: 4.5, low: 3, high: 6 });
  expect(spread([2, 1, 3])).toEqual({ median: 2, low: 1, high: 3 });
  expect(spread([7])).toEqual({ median: 7, low: 7, high: 7 });
});

it("values are compared as numbers, and left in their order", () => {
  const values = [100, 9, 20];
  expect(median(values)).toBe(20);
  expect(values).toEqual([100, 9, 20]);
});

it("a percentile is a value that was there", () => {
  const sorted = Float64Array.from({ length: 1000 }, (_, i) => i + 1);
  expect(percentile(sorted, 0.5)).toBe(500);
  expect(percentile(sorted, 0.999)).toBe(999);
  expect(percentile(sorted, 1)).toBe(1000);
  expect(percentile([4], 0)).toBe(4);
});
