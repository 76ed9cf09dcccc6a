import { expect, it } from "vitest";
import { countLine, countTests, type TestFile } from "./test-counts.mjs";

const file = (ok: boolean, ...states: string[]): TestFile => ({
  ok: () => ok,
  children: { allTests: () => states.map((state) => ({ result: () => ({ state }) })) },
});

it("counts tests over all files", () => {
  const files = [file(true, "passed", "passed", "skipped"), file(false, "passed", "failed"), file(true, "pending")];
  expect(countTests(files, [])).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

it("counts a file that could not be loaded as one failure", () => {
  expect(countTests([file(false), file(true, "passed")], [])).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

it("counts a file whose set-up failed as one failure", () => {
  expect(countTests([file(false, "skipped", "skipped")], [])).toEqual({ passed: 0, failed: 1, skipped: 2 });
});

it("counts an error outside of every test as a failure", () => {
  expect(countTests([file(true, "passed")], [new Error("late")])).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

it("says it in one line", () => {
  expect(countLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
  expect(countLine({ passed: 12, failed: 1, skipped: 3 })).toBe("12 passed, 1 failed, 3 skipped");
});
