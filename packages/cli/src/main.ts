import { CliError } from "./cli-error.js";
import { run } from "./run.js";
import { parseRunOptions, RUN_HELP } from "./run-options.js";
import { version } from "./version.js";

const HELP = `ndislab runs Windows network drivers on the desk: their C, unmodified, over a
capture, with every buffer rule checked and every leak named by its line.

Usage: ndislab run SOURCE.c… [--in CAPTURE] [--out CAPTURE] [options]
       ndislab doc NAME
       ndislab COMMAND --help
       ndislab --version

Commands:
  run     compile a driver and send the frames of a capture through it
  doc     show the page of a function, macro or structure
`;

/** Runs the command and returns its exit status: 0 nothing found, 1 findings, 2 it could not run. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await dispatch(args);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    if (error.details !== "") process.stderr.write(`${error.details}\n`);
    process.stderr.write(`ndislab: ${error.message}\n`);
    return 2;
  }
}

async function dispatch([command, ...rest]: readonly string[]): Promise<number> {
  switch (command) {
    case undefined:
      process.stderr.write(HELP);
      return 2;
    case "--help":
    case "-h":
    case "help":
      process.stdout.write(HELP);
      return 0;
    case "--version":
    case "-V":
      process.stdout.write(`${version()}\n`);
      return 0;
    case "run": {
      const options = parseRunOptions(rest);
      if (options !== "help") return run(options);
      process.stdout.write(RUN_HELP);
      return 0;
    }
    case "doc": {
      const { doc } = await import("./doc.js"); // the words of all pages: not for those who run a driver
      return doc(rest);
    }
    default:
      throw new CliError(`there is no command "${command}"; see ndislab --help.`);
  }
}
