import { CliError } from "./cli-error.js";

type Reference = typeof import("@ndislab/reference");

export const DOC_HELP = `Usage: ndislab doc NAME
       ndislab doc

Shows the page of a function, macro or structure: prototype, parameters, who
owns what, IRQL, the rules that watch it, an example in C and in TypeScript.
Upper and lower case are the same. Without a name: all pages by family.
`;

/** Writes the page of a name, or the contents. @throws CliError for a name that has no page, with those near it */
export async function doc(args: readonly string[]): Promise<number> {
  const [text, ...more] = args;
  if (text === "--help" || text === "-h") {
    process.stdout.write(DOC_HELP);
    return 0;
  }
  if (more.length > 0) throw new CliError(`ndislab doc shows one page; "${more.join(" ")}" is too much.`);
  if (text?.startsWith("-")) throw new CliError(`ndislab doc has no option ${text}; see ndislab doc --help.`);
  const reference = await import("@ndislab/reference");
  const bold = process.stdout.isTTY === true;
  process.stdout.write(
    reference.toTerminal(text === undefined ? reference.contents() : pageFor(text, reference), bold),
  );
  return 0;
}

function pageFor(text: string, { findName, nearNames, pageOf, SUBJECTS }: Reference) {
  const name = findName(text);
  if (name !== undefined) return pageOf(SUBJECTS.get(name)!);
  const near = nearNames(text);
  const [first, ...others] = near;
  if (first === undefined) throw new CliError(`there is no page of "${text}"; ndislab doc lists all pages.`);
  throw new CliError(
    `there is no page of "${text}". Did you mean ${others.length === 0 ? first : `${near.slice(0, -1).join(", ")} or ${near.at(-1)}`}?`,
  );
}
