// One job from start to end: who can take part, whether all do the same work, and the rounds.

const ROUNDS = { quick: 3, full: 9 };

/**
 * What came out of a job. Plain data: it is what is saved.
 * @typedef {object} JobResult
 * @property {string} name
 * @property {string} title
 * @property {string} about
 * @property {string} [limits]
 * @property {string} unit
 * @property {Record<string, string>} figures
 * @property {string} [reference]
 * @property {Record<string, { title: string, rounds: import("./types.mjs").Figures[] }>} sides
 * @property {Record<string, string>} leftOut sides that could not take part, and why
 * @property {string} [skipped] why nothing was measured
 */

/** What is put behind a side's name when the other Node runs it. */
export const OTHER = "@other";

/**
 * @param {import("./types.mjs").Job} job
 * @param {import("./types.mjs").Context} context
 * @param {{ path: string, version: string } | undefined} other a second Node for the TypeScript sides
 * @param {(text: string) => void} progress
 * @returns {Promise<JobResult>}
 */
export async function runJob(job, context, other, progress) {
  const { name, title, about, limits, unit, figures, reference } = job;
  /** @type {JobResult} */
  const result = {
    ...{ name, title, about, unit, figures, sides: {}, leftOut: {} },
    ...(reference && { reference }),
    ...(limits && { limits }),
  };
  const skipped = job.skip?.(context);
  if (skipped !== undefined) return { ...result, skipped };
  /** @type {[string, import("./types.mjs").Started][]} */
  const running = [];
  const start = (
    /** @type {string} */ key,
    /** @type {string} */ side,
    /** @type {string} */ heading,
    where = context,
  ) => {
    const started = job.sides[side].start(where, { job: name, side });
    if ("missing" in started) {
      result.leftOut[heading] = started.missing;
      return;
    }
    result.sides[key] = { title: started.title ?? heading, rounds: [] };
    running.push([key, started]);
  };
  for (const [side, { title: heading, byNode }] of Object.entries(job.sides)) {
    progress(`${name}: ${heading}`);
    start(side, side, heading);
    if (other !== undefined && byNode === true && side in result.sides)
      start(`${side}${OTHER}`, side, `${heading}, Node ${other.version}`, { ...context, node: other.path });
  }
  for (const [key, { check }] of running) {
    const wrong = check === undefined ? [] : (job.check?.(key.replace(OTHER, ""), await check()) ?? []);
    if (wrong.length > 0)
      throw new Error(`${name}: ${result.sides[key].title} does not do the same work: ${wrong.join("; ")}`);
  }
  const rounds = (job.rounds ?? ROUNDS)[context.quick ? "quick" : "full"];
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < running.length; i++) {
      const [key, { measure }] = running[(i + round) % running.length];
      progress(`${name}: round ${round + 1} of ${rounds}, ${result.sides[key].title}`);
      result.sides[key].rounds.push(await measure(round));
    }
  }
  return result;
}
