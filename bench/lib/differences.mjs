// What a side left, beside what it should have.

/**
 * @param {Record<string, unknown>} expected
 * @param {Record<string, unknown>} left
 * @returns {string[]} one sentence for each member that differs
 */
export function differences(expected, left) {
  return Object.entries(expected).flatMap(([name, value]) =>
    JSON.stringify(left?.[name]) === JSON.stringify(value)
      ? []
      : [`${name} is ${JSON.stringify(left?.[name])} and should be ${JSON.stringify(value)}`],
  );
}
