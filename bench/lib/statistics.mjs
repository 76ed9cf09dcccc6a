// What many values of the same say.

/** @param {number[]} values */
const ascending = (values) => [...values].sort((a, b) => a - b);

/** @param {number[]} values */
export function median(values) {
  const sorted = ascending(values);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {number[]} values
 * @returns {{ median: number, low: number, high: number }} with the middle half of the values from low to high
 */
export function spread(values) {
  const sorted = ascending(values);
  const quarter = Math.floor(sorted.length / 4);
  return { median: median(values), low: sorted[quarter], high: sorted[sorted.length - 1 - quarter] };
}

/**
 * The least value that a share of all values does not exceed.
 * @param {ArrayLike<number>} sorted in ascending order
 * @param {number} share from 0 to 1
 */
export const percentile = (sorted, share) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
