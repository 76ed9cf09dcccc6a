import { expect, it } from "vitest";
import { countLine, countTests, NOTHING, readCounts } from "./test-counts.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

it("counts tests over all files", () => {
  const testResults = [
    file("passed", "passed", "passed", "skipped"),
    file("failed", "passed", "failed"),
    file("passed", "todo"),
  ];
  expect(countTests({ testResults })).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

it("counts a file that could not be loaded as one failure", () => {
  expect(countTests({ testResults: [file("failed"), file("passed", "passed")] })).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});

it("counts a file whose set-up failed as one failure", () => {
  expect(countTests({ testResults: [file("failed", "skipped", "skipped")] })).toEqual({
    passed: 0,
    failed: 1,
    skipped: 2,
  });
});

it("counts nothing when there is no report", () => {
  expect(readCounts("/no/such/report.json")).toEqual(NOTHING);
});

it("says it in one line", () => {
  expect(countLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
  expect(countLine({ passed: 12, failed: 1, skipped: 3 })).toBe("12 passed, 1 failed, 3 skipped");
});
