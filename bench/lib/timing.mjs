// Time within one process, and what many processes measured.

const SLICES = 5;

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Nanoseconds a pair: the fastest of five slices that fill the time, after as long a time that warms up.
 * @param {(pairs: number) => void} loop
 * @param {number} milliseconds
 */
export function timed(loop, milliseconds) {
  const elapsed = (/** @type {number} */ pairs) => {
    const start = process.hrtime.bigint();
    loop(pairs);
    return Number(process.hrtime.bigint() - start);
  };
  const warm = performance.now() + milliseconds;
  let pairs = 2048;
  let time = elapsed(pairs);
  while (performance.now() < warm) {
    pairs = Math.min(pairs * 2, 1 << 18);
    time = elapsed(pairs);
  }
  pairs = Math.ceil((pairs * milliseconds * 1e6) / SLICES / time / 256) * 256;
  return Math.min(...Array.from({ length: SLICES }, () => elapsed(pairs) / pairs));
}

/**
 * @param {number[]} values one of each round
 * @returns {{ median: number, low: number, high: number }} with the middle half of the rounds from low to high
 */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const quarter = Math.floor(sorted.length / 4);
  return { median: median(values), low: sorted[quarter], high: sorted[sorted.length - 1 - quarter] };
}
