// What was wanted, and whether it was reached.
import { OTHER } from "./run-job.mjs";
import { spread } from "./statistics.mjs";

/**
 * A goal with what was measured. Plain data.
 * @typedef {object} Outcome
 * @property {string} job
 * @property {string} text
 * @property {string} wanted
 * @property {Measured} [measured] by this Node
 * @property {Measured} [other] by the other Node
 *
 * @typedef {{ median: number, low: number, high: number, unit: string, met: boolean }} Measured
 */

/**
 * Ratios are taken within each round, where both met the same machine.
 * @param {import("./run-job.mjs").JobResult} result
 * @param {import("./types.mjs").Goal} goal
 * @param {(side: string) => string} named which of the sides of that name
 * @returns {number[] | undefined} one value a round
 */
export function valuesOf({ sides }, { value, per = [] }, named = (side) => side) {
  const all = [value, ...per].map(([side, figure]) => {
    const rounds = sides[named(side)]?.rounds.map((figures) => figures[figure]);
    return rounds?.every(Number.isFinite) ? rounds : undefined;
  });
  const [values, ...others] = all;
  const present = others.filter((rounds) => rounds !== undefined);
  if (values === undefined || values.length === 0 || (per.length > 0 && present.length === 0)) return undefined;
  if (per.length === 0) return values;
  return values.map((number, round) => number / Math.min(...present.map((rounds) => rounds[round])));
}

/** The limits for a version of Node. @param {import("./types.mjs").Goal} goal @param {number} major */
export function limitsOf({ atMost, atLeast, onNode = {} }, major) {
  const from = Object.keys(onNode)
    .map(Number)
    .filter((version) => version <= major);
  return from.length === 0 ? { atMost, atLeast } : onNode[Math.max(...from)];
}

/**
 * @param {import("./types.mjs").Job} job
 * @param {import("./run-job.mjs").JobResult} result
 * @param {string} node the version that ran the TypeScript sides
 * @param {string} [other] that of the other one
 * @returns {Outcome[]}
 */
export function outcomes(job, result, node, other) {
  return job.goals.map((goal) => {
    const { unit = "×" } = goal;
    /** @returns {Measured | undefined} */
    const measuredBy = (/** @type {string} */ version, /** @type {(side: string) => string} */ named) => {
      const values = valuesOf(result, goal, named);
      if (values === undefined) return undefined;
      const { atMost = Infinity, atLeast = -Infinity } = limitsOf(goal, Number.parseInt(version, 10));
      const { median, low, high } = spread(values);
      return { median, low, high, unit, met: median <= atMost && median >= atLeast };
    };
    const measured = measuredBy(node, (side) => side);
    const twin = (/** @type {string} */ side) => (`${side}${OTHER}` in result.sides ? `${side}${OTHER}` : side);
    const usesNode = [goal.value, ...(goal.per ?? [])].some(([side]) => twin(side) !== side);
    const second = other !== undefined && usesNode ? measuredBy(other, twin) : undefined;
    return {
      job: job.name,
      text: goal.text,
      wanted: wantedText(goal, node),
      ...(measured && { measured }),
      ...(second && { other: second }),
    };
  });
}

/** @param {import("./types.mjs").Goal} goal @param {string} node */
function wantedText(goal, node) {
  const { unit = "×" } = goal;
  const text = (/** @type {{ atMost?: number | undefined, atLeast?: number | undefined }} */ { atMost, atLeast }) =>
    [atMost !== undefined && `≤ ${amount(atMost, unit)}`, atLeast !== undefined && `≥ ${amount(atLeast, unit)}`]
      .filter(Boolean)
      .join(", ");
  const major = Number.parseInt(node, 10);
  const later = Object.keys(goal.onNode ?? {}).filter((version) => Number(version) > major);
  const others = later.map((version) => `; Node ${version}: ${text(goal.onNode?.[Number(version)] ?? {})}`);
  return text(limitsOf(goal, major)) + others.join("");
}

/** A number with its unit; a ratio has none. @param {number} number @param {string} unit */
export function amount(number, unit) {
  const text = Number.isInteger(number) || Math.abs(number) >= 100 ? number.toFixed(0) : number.toFixed(2);
  return unit === "×" ? text : `${text} ${unit}`.trimEnd();
}
