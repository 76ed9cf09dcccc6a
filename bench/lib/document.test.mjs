import { expect, it } from "vitest";
import { documentOf } from "./document.mjs";
import { figure, figureTable, goalTable, plain, ratioTable } from "./tables.mjs";

const job = {
  name: "pair",
  title: "The pair",
  about: "What it is.",
  unit: "ns",
  figures: { one: "one by one", cold: "cold" },
  reference: "ddi",
  sides: {
    ddi: {
      title: "DDI face",
      rounds: [
        { one: 2, cold: 100 },
        { one: 4, cold: 100 },
        { one: 3, cold: 100 },
      ],
    },
    dpdk: { title: "DPDK", rounds: [{ one: 4 }, { one: 4 }, { one: 6 }] },
  },
  leftOut: { clang: "there is no clang here" },
};

const goals = [
  { job: "pair", text: "a", wanted: "≤ 1", measured: { median: 0.5, low: 0.4, high: 0.6, unit: "×", met: true } },
  { job: "pair", text: "b", wanted: "≤ 5 ns", measured: { median: 7, low: 7, high: 7, unit: "ns", met: false } },
  { job: "pair", text: "c", wanted: "≤ 1" },
];

it("numbers have three digits that count", () => {
  expect([0, 0.1234, 1.2345, 12.345, 123.45, 1234567].map(figure)).toEqual([
    "0",
    "0.12",
    "1.23",
    "12.3",
    "123",
    "1 234 567",
  ]);
});

it("a cell has the median and the middle half, where there is one and where they differ", () => {
  expect(figureTable(job).rows).toEqual([
    ["DDI face", "3.00 (2.00–4.00)", "100"],
    ["DPDK", "4.00 (4.00–6.00)", ""],
  ]);
});

it("ratios are taken within the rounds", () => {
  expect(ratioTable(job)).toEqual({
    head: ["× DDI face", "one by one", "cold"],
    rows: [["DPDK", "2.00 (1.00–2.00)", ""]],
  });
  expect(ratioTable({ ...job, reference: undefined })).toBeUndefined();
});

it("what was not measured is no 0, nor are ratios of it", () => {
  const unmeasured = {
    ...job,
    sides: { ...job.sides, dpdk: { title: "DPDK", rounds: [{ one: null }, { one: 8 }, { one: null }] } },
  };
  expect(figureTable(unmeasured).rows[1]).toEqual(["DPDK", "8.00", ""]);
  expect(ratioTable(unmeasured).rows[0]).toEqual(["DPDK", "2.00", ""]);
});

it("a goal is met, not met, or not measured", () => {
  expect(goalTable(goals, "20.1.0").rows).toEqual([
    ["a", "≤ 1", "0.50 (0.40–0.60)", "met"],
    ["b", "≤ 5 ns", "7 ns", "not met"],
    ["c", "≤ 1", "—", "not measured"],
  ]);
});

it("a table in the terminal has its columns one below the other", () => {
  expect(plain({ head: ["a", "bcd"], rows: [["efg", "h"]] })).toBe("a     bcd\n───   ───\nefg     h");
});

it("the page says how to make it, what was wanted, and what is left out", () => {
  const machine = { processor: "P", cores: 2, system: "linux x64", node: "20.1.0", compilers: [] };
  const page = documentOf(
    { date: "2026-11-21T10:00:00.000Z", quick: false, seconds: 9, machine, jobs: [job], goals },
    "run",
  );
  expect(page).toContain("npm run bench -- --name run\nnpm run bench -- --document bench/results/run.json");
  expect(page).toContain("Goals: 3, of which met: 1, not met: 1, not measured: 1.");
  expect(page).toContain("| DDI face | 3.00 (2.00–4.00) | 100 |");
  expect(page).toContain("Left out. clang: there is no clang here.");
  expect(page).toContain("2026-11-21, 9 s");
});
