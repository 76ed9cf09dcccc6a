// Time within one process. The C sides measure in the same way: c/measure.h.

/**
 * Many short slices: in a moment of each round nobody else wants the processor. A loop that makes garbage is timed in
 * few long ones, so that collections are in them.
 */
const SLICES = 20;
const SLICES_WITH_GARBAGE = 4;

/** V8 compiles what runs for a while; before that, nothing is timed. */
const WARM_MILLISECONDS = 100;

/** A slice that is so much faster than all before it shows that V8 was not done: the time starts again. */
const STILL_FASTER = 0.9;
const MOST_MILLISECONDS = 1500;

/** Milliseconds of the processor that this process has had: how long it may go on, however busy the machine is. */
function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * A loop does its work `count` times, a multiple of its `step`, which is 1 unless `inSteps` says otherwise.
 * @typedef {((count: number) => void) & { step?: number }} Loop
 */

/** @param {number} step @param {(count: number) => void} run @returns {Loop} */
export const inSteps = (step, run) => Object.assign(run, { step });

/**
 * Nanoseconds a turn: the fastest of the slices that fill the time, after as long a time that warms up.
 * @param {Loop} loop
 * @param {number} milliseconds
 * @param {boolean} [makesGarbage]
 */
export function timed(loop, milliseconds, makesGarbage = false) {
  const { step = 1 } = loop;
  const slice = milliseconds / (makesGarbage ? SLICES_WITH_GARBAGE : SLICES);
  const multiple = (/** @type {number} */ count) => Math.ceil(count / step) * step;
  const elapsed = (/** @type {number} */ count) => {
    const start = performance.now();
    loop(count);
    return performance.now() - start;
  };
  let count = multiple(1024);
  let turn = Infinity;
  for (const end = processorTime() + Math.max(milliseconds, WARM_MILLISECONDS); processorTime() < end; ) {
    const time = elapsed(count);
    turn = Math.min(turn, time / count);
    if (time < slice / 2) count = multiple(count * 2);
  }
  // A collection that V8 began when things were made never ends beside a loop that makes nothing, and has each store of
  // an object tell it: 32 objects at once take 45 ns each then and 11 without.
  if (!makesGarbage) globalThis.gc?.();
  // By the fastest of them, since the last may have had to wait for the processor.
  count = multiple(slice / turn);
  let fastest = elapsed(count) / count;
  const start = processorTime();
  for (let end = start + milliseconds; processorTime() < end; ) {
    const time = elapsed(count) / count;
    if (time < STILL_FASTER * fastest) end = Math.min(processorTime() + milliseconds, start + MOST_MILLISECONDS);
    fastest = Math.min(fastest, time);
  }
  return fastest * 1e6;
}
