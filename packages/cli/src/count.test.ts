import { expect, it } from "vitest";
import { count } from "./count.js";

it("sets thousands apart", () => {
  const values = [0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 1_234_567_890];
  expect(values.map(count)).toEqual(values.map((value) => value.toLocaleString("en-US")));
});
