// A vitest reporter that counts: how many tests passed, failed and were skipped, to a file for the process that started
// vitest.
import { writeFileSync } from "node:fs";
import { countTests } from "./test-counts.mjs";

/** The environment variable that names the file. */
export const COUNTS_FILE = "NDISLAB_TEST_COUNTS";

export default class CountReporter {
  /**
   * @param {readonly import("./test-counts.mjs").TestFile[]} files
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(files, unhandledErrors) {
    const path = process.env[COUNTS_FILE];
    if (path !== undefined) writeFileSync(path, JSON.stringify(countTests(files, unhandledErrors)));
  }
}
