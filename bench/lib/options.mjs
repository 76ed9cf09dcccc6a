// The command line.
import { parseArgs } from "node:util";

export const USAGE = `usage: npm run bench -- [--quick] [--only JOB]… [--node PATH] [--save [--name NAME]] [--goals]
       npm run bench -- --list
       npm run bench -- --document RESULT.json

  --quick      short rounds, a minute or two in all, for a first look
  --only JOB   this job only; may be repeated, and takes JOB,JOB too
  --node PATH  another node that runs the TypeScript sides as well
  --goals      prints the table of goals alone
  --save       also writes bench/results/local-TIME.json
  --name NAME  writes bench/results/NAME.json, which git does not ignore
  --list       prints the jobs
  --document   writes docs/performance.md from a saved result
`;

/** What the user asked for cannot be done. */
export class UsageError extends Error {}

/**
 * @param {string[]} args
 * @param {string[]} jobs the names that there are
 */
export function parseOptions(args, jobs) {
  const { values } = parse(args);
  const only = (values.only ?? []).flatMap((names) => names.split(",")).filter((name) => name !== "");
  const unknown = only.find((name) => !jobs.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no job ${unknown}; there are ${jobs.join(", ")}.`);
  if (values.name !== undefined && !/^[\w.-]+$/.test(values.name))
    throw new UsageError(`${values.name} is no name for a file.`);
  return {
    quick: values.quick ?? false,
    jobs: only.length === 0 ? jobs : jobs.filter((name) => only.includes(name)),
    node: values.node,
    goalsOnly: values.goals ?? false,
    save: values.save === true || values.name !== undefined,
    name: values.name,
    list: values.list ?? false,
    document: values.document,
    help: values.help ?? false,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        quick: { type: "boolean" },
        only: { type: "string", multiple: true },
        node: { type: "string" },
        goals: { type: "boolean" },
        save: { type: "boolean" },
        name: { type: "string" },
        list: { type: "boolean" },
        document: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}
