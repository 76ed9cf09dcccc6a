import { expect, it } from "vitest";
import { parseOptions, UsageError } from "./options.mjs";

const JOBS = ["pair", "copy", "clone"];
const parse = (...args) => parseOptions(args, JOBS);

it("without options all jobs are done in full, and nothing is saved", () => {
  expect(parse()).toMatchObject({ quick: false, jobs: JOBS, save: false, goalsOnly: false });
});

it("--only takes jobs one by one and in a list, and keeps their order", () => {
  expect(parse("--only", "clone", "--only", "pair").jobs).toEqual(["pair", "clone"]);
  expect(parse("--only", "clone,pair").jobs).toEqual(["pair", "clone"]);
});

it("a name saves", () => {
  expect(parse("--save")).toMatchObject({ save: true, name: undefined });
  expect(parse("--name", "2026-11-21")).toMatchObject({ save: true, name: "2026-11-21" });
});

it("refuses what it does not know", () => {
  expect(() => parse("--fast")).toThrow(UsageError);
  expect(() => parse("pair")).toThrow(UsageError);
  expect(() => parse("--only", "pears")).toThrow("There is no job pears; there are pair, copy, clone.");
  expect(() => parse("--name", "../x")).toThrow(UsageError);
});
