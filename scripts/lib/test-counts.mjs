// How many tests passed, failed and were skipped.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * What counting needs of vitest's TestModule.
 * @typedef {{ ok(): boolean, children: { allTests(): Iterable<{ result(): { state: string } }> } }} TestFile
 */

/** @type {Counts} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {readonly TestFile[]} files
 * @param {readonly unknown[]} unhandledErrors thrown outside of every test; each is a failure
 * @returns {Counts}
 */
export function countTests(files, unhandledErrors) {
  const counts = { ...NOTHING, failed: unhandledErrors.length };
  for (const file of files) {
    const before = counts.failed;
    for (const test of file.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") counts.passed++;
      else if (state === "failed") counts.failed++;
      else counts.skipped++;
    }
    // A file that could not be loaded, or whose set-up failed, has no failed test to show for it.
    if (!file.ok() && counts.failed === before) counts.failed++;
  }
  return counts;
}

/** @param {Counts} counts */
export function countLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
