// The words of this folder.
//
//   job      something that is done by several, such as to allocate and free: bench/jobs/<name>.mjs
//   side     one who does it: the library, C, DPDK, a peer; each in a process of its own
//   figure   a number that each side's process gives, such as nanoseconds a pair
//   round    one process of every side, one after the other, so that a slow moment of the machine meets all of them

/**
 * @typedef {Record<string, number>} Figures
 *
 * @typedef {object} Started a side that can run here
 * @property {() => unknown} [check] what its work leaves, for the job's `check`
 * @property {(round: number) => Figures | Promise<Figures>} measure
 * @property {string} [title] instead of the side's, once more is known
 *
 * @typedef {object} Side
 * @property {string} title
 * @property {boolean} [byNode] whether another Node can do it as well
 * @property {(context: Context, where: { job: string, side: string }) => Started | { missing: string }} start
 * @property {() => Worker | Promise<Worker>} [make] of a TypeScript side, for its process: see bench/side.mjs
 *
 * @typedef {object} Worker
 * @property {Record<string, import("./timing.mjs").Loop>} [loops] nanoseconds a turn of each become the figures
 * @property {boolean} [makesGarbage] whether collections belong to the loops' time
 * @property {(options: { quick: boolean }) => Figures | Promise<Figures>} [measure] or the figures themselves
 * @property {() => unknown} [check] what the work leaves
 *
 * @typedef {object} Goal
 * @property {string} text
 * @property {[side: string, figure: string]} value
 * @property {[side: string, figure: string][]} [per] the value is divided by this; by the least, when there are several
 * @property {number} [atMost]
 * @property {number} [atLeast]
 * @property {Record<number, { atMost?: number, atLeast?: number }>} [onNode] other limits from a version of Node on
 * @property {string} [unit] behind the number, when it is no ratio
 *
 * @typedef {object} Job
 * @property {string} name
 * @property {string} title
 * @property {string} about what is done, and what a reader must know to read the numbers
 * @property {string} [limits] why a goal is not reached, and what was tried
 * @property {string} unit of all figures
 * @property {Record<string, string>} figures name to heading
 * @property {string} [reference] the side that the others are compared with
 * @property {Record<string, Side>} sides
 * @property {(side: string, left: any) => string[]} [check] what is wrong with the work that a side did
 * @property {Goal[]} goals
 * @property {{ quick: number, full: number }} [rounds]
 * @property {(context: Context) => string | undefined} [skip] why the job cannot be done at all
 *
 * @typedef {object} Context of one run of the benchmark
 * @property {boolean} quick
 * @property {number} milliseconds that one loop is timed
 * @property {string} node that runs TypeScript
 * @property {string} folder for what is compiled, gone afterwards
 * @property {string} cache folder for what is kept
 */
export {};
