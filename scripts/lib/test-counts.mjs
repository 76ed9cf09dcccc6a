// How many tests passed, failed and were skipped, from vitest's JSON report.
import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ status: string, assertionResults: { status: string }[] }} FileResult */

/** @type {Counts} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {{ testResults: FileResult[] }} report
 * @returns {Counts}
 */
export function countTests(report) {
  const counts = { ...NOTHING };
  for (const file of report.testResults) {
    const before = counts.failed;
    for (const test of file.assertionResults) {
      if (test.status === "passed") counts.passed++;
      else if (test.status === "failed") counts.failed++;
      else counts.skipped++;
    }
    // A file that could not be loaded, or whose set-up failed, has no failed test to show for it.
    if (file.status === "failed" && counts.failed === before) counts.failed++;
  }
  return counts;
}

/** @param {string} path of the report; vitest writes none when it cannot start @returns {Counts} */
export function readCounts(path) {
  return existsSync(path) ? countTests(JSON.parse(readFileSync(path, "utf8"))) : NOTHING;
}

/** @param {Counts} counts */
export function countLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
