import { expect, it } from "vitest";
import { limitsOf, outcomes, valuesOf } from "./goals.mjs";

/** @param {Record<string, number[]>} sides figure "one" of each round */
const result = (sides) => ({
  name: "pair",
  title: "",
  about: "",
  unit: "ns",
  figures: { one: "one" },
  leftOut: {},
  sides: Object.fromEntries(
    Object.entries(sides).map(([name, values]) => [name, { title: name, rounds: values.map((one) => ({ one })) }]),
  ),
});

const goal = { text: "ddi / dpdk", value: ["ddi", "one"], per: [["dpdk", "one"]], atMost: 0.9 };
const jobWith = (...goals) => ({ name: "pair", goals });

it("a ratio is taken within each round", () => {
  // Medians of the sides alone would say 2 / 4.
  expect(valuesOf(result({ ddi: [1, 2, 30], dpdk: [4, 4, 40] }), goal)).toEqual([0.25, 0.5, 0.75]);
});

it("of several the least of the same round is divided by, and one that is not there does not matter", () => {
  const better = {
    ...goal,
    per: [
      ["gcc", "one"],
      ["clang", "one"],
    ],
  };
  expect(valuesOf(result({ ddi: [8, 9], gcc: [4, 3], clang: [2, 9] }), better)).toEqual([4, 3]);
  expect(valuesOf(result({ ddi: [8, 9], gcc: [4, 3] }), better)).toEqual([2, 3]);
});

it("a goal without its sides, or with a figure that is missing, was not measured", () => {
  expect(valuesOf(result({ ddi: [8] }), goal)).toBeUndefined();
  expect(valuesOf(result({ dpdk: [8] }), goal)).toBeUndefined();
  expect(valuesOf(result({ ddi: [8, Number.NaN], dpdk: [1, 1] }), goal)).toBeUndefined();
  expect(outcomes(jobWith(goal), result({ ddi: [8] }), "20.1.0")[0].measured).toBeUndefined();
});

it("the limit itself is met, on either side", () => {
  const met = (values, limits) =>
    outcomes(jobWith({ text: "", value: ["ddi", "one"], ...limits }), values, "20.0.0")[0].measured.met;
  expect(met(result({ ddi: [100] }), { atMost: 100 })).toBe(true);
  expect(met(result({ ddi: [101] }), { atMost: 100 })).toBe(false);
  expect(met(result({ ddi: [30] }), { atLeast: 30 })).toBe(true);
  expect(met(result({ ddi: [29] }), { atLeast: 30 })).toBe(false);
  expect(met(result({ ddi: [0] }), { atMost: 0 })).toBe(true);
});

it("a later Node may have a limit of its own", () => {
  const buffers = { text: "", value: ["ddi", "one"], atLeast: 30, onNode: { 24: { atLeast: 15 } } };
  expect(limitsOf(buffers, 20)).toEqual({ atLeast: 30 });
  expect(limitsOf(buffers, 22)).toEqual({ atLeast: 30 });
  expect(limitsOf(buffers, 26)).toEqual({ atLeast: 15 });
  expect(outcomes(jobWith(buffers), result({ ddi: [20] }), "20.1.0")[0]).toMatchObject({
    wanted: "≥ 30; Node 24: ≥ 15",
    measured: { met: false },
  });
});

it("the other Node is measured by its own sides, beside those that have no Node", () => {
  const both = result({ ddi: [8], "ddi@other": [6], dpdk: [10] });
  const [outcome] = outcomes(jobWith(goal), both, "20.1.0", "24.2.0");
  expect(outcome.measured.median).toBe(0.8);
  expect(outcome.other.median).toBe(0.6);
  const [none] = outcomes(jobWith({ ...goal, value: ["dpdk", "one"] }), both, "20.1.0", "24.2.0");
  expect(none.other).toBeUndefined();
});
