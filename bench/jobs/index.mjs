// Every job, in the order of the report. Each is loaded when it is asked for.

export const JOBS = [
  "pair",
  "bulk",
  "buffer",
  "list",
  "data-start",
  "walk",
  "copy",
  "clone",
  "garbage",
  "latency",
  "memory",
  "growth",
  "filter",
  "capture",
  "start-up",
  "workers",
];

/** @param {string} name @returns {Promise<import("../lib/types.mjs").Job>} */
export const jobNamed = async (name) => (await import(`./${name}.mjs`)).default;
