import { parseArgs } from "node:util";
import type { Direction, Faults, Profile } from "ndislab";
import { CliError } from "./cli-error.js";

export type VerifyLevel = "off" | "standard" | "full";

/** What `ndislab run` was asked for. */
export interface RunOptions {
  readonly sources: readonly string[];
  readonly input: string | undefined;
  readonly output: string | undefined;
  readonly direction: Direction;
  readonly includeDirs: readonly string[];
  readonly defines: readonly string[];
  readonly verify: VerifyLevel;
  readonly profile: Profile;
  readonly report: "text" | "json";
  readonly reportFile: string | undefined;
  /** Requests of the driver that are made to fail. */
  readonly faults: Faults;
  readonly seed: number;
  /** Milliseconds a callback may run; 0 for no limit. */
  readonly timeout: number;
}

export const RUN_HELP = `Usage: ndislab run SOURCE.c… [options]

Compiles the sources as one driver, loads it, sends the frames of a capture
through it, unloads it, and reports what it did with every buffer. A driver
that is no filter runs DriverEntry and DriverUnload only, without --in.

Options:
  --in CAPTURE            frames to send through, pcap or pcapng ("-" for stdin)
  --out CAPTURE           what comes out, pcap or pcapng by the file's name
  --direction receive|send
                          up through the driver as received frames, or down
                          through it as sent ones (default receive)
  -I DIR                  directory searched for headers (may be repeated)
  -D NAME[=VALUE]         macro (may be repeated)
  --verify off|standard|full
                          rules to check; full also looks for overruns after
                          each callback (default standard)
  --profile strict|windows
                          what the documents say, or what Windows is seen to
                          do (default strict)
  --fail allocation:N     the driver's Nth call that needs memory fails, and
  --fail mapping:N        the Nth mapping of an MDL; frames then come in MDLs
                          that are not mapped yet (may be repeated)
  --report text|json      form of the report (default text)
  --report-file FILE      write the report there instead of to stdout
  --timeout SECONDS       limit for one callback, 0 for none (default 10)
  --seed N                number that every random choice of a run starts from
                          (default 0)
  -h, --help              show this

Exit status: 0 nothing was found, 1 there are findings of severity warn or
above, 2 it could not run. DbgPrint goes to standard error.
`;

const OPTIONS = {
  in: { type: "string" },
  out: { type: "string" },
  direction: { type: "string" },
  include: { type: "string", short: "I", multiple: true },
  define: { type: "string", short: "D", multiple: true },
  verify: { type: "string" },
  profile: { type: "string" },
  fail: { type: "string", multiple: true },
  report: { type: "string" },
  "report-file": { type: "string" },
  timeout: { type: "string" },
  seed: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** The options of `ndislab run`, or "help" when that is asked for. @throws CliError */
export function parseRunOptions(args: readonly string[]): RunOptions | "help" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  const [first] = positionals;
  if (first === undefined)
    throw new CliError("ndislab run needs a C source, such as: ndislab run filter.c --in trace.pcapng");
  const noC = positionals.find((path) => !/\.c$/i.test(path));
  if (noC !== undefined) throw new CliError(`${noC} is not a C source; a capture is given with --in.`);
  if (values.out !== undefined && values.in === undefined)
    throw new CliError("--out needs --in: without frames nothing comes out.");
  for (const define of values.define ?? [])
    if (!/^[A-Za-z_]\w*(=|$)/.test(define))
      throw new CliError(`-D ${define} is no macro; write -D NAME or -D NAME=VALUE.`);
  return {
    sources: positionals,
    input: values.in,
    output: values.out,
    direction: oneOf("--direction", values.direction, ["receive", "send"]),
    includeDirs: values.include ?? [],
    defines: values.define ?? [],
    verify: oneOf("--verify", values.verify, ["standard", "off", "full"]),
    profile: oneOf("--profile", values.profile, ["strict", "windows"]),
    report: oneOf("--report", values.report, ["text", "json"]),
    reportFile: values["report-file"],
    faults: faults(values.fail ?? []),
    seed: number("--seed", values.seed, 0, "a whole number", Number.isSafeInteger),
    timeout: 1000 * number("--timeout", values.timeout, 10, "a number of seconds", (value) => value <= 1e6),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's own sentence, without its advice on positional arguments.
    const [sentence] = error.message.split(/\.? To specify|\n/);
    throw new CliError(`${sentence?.replace(/\.$/, "")}; see ndislab run --help.`);
  }
}

/** `allocation:3` and `mapping:1` as the numbers of each kind. */
function faults(texts: readonly string[]): Faults {
  const numbers = { allocation: [] as number[], mapping: [] as number[] };
  for (const text of texts) {
    const [, kind, digits] = /^(allocation|mapping):([1-9]\d{0,8})$/.exec(text) ?? [];
    if (kind === undefined)
      throw new CliError(`--fail is allocation:N or mapping:N with a number N from 1 on, not "${text}".`);
    numbers[kind as keyof typeof numbers].push(Number(digits));
  }
  return numbers;
}

function oneOf<const T extends string>(name: string, value: string | undefined, choices: readonly [T, ...T[]]): T {
  if (value === undefined) return choices[0];
  const found = choices.find((choice) => choice === value);
  if (found === undefined)
    throw new CliError(`${name} is ${choices.join(", ").replace(/, ([^,]*)$/, " or $1")}, not "${value}".`);
  return found;
}

function number(
  name: string,
  text: string | undefined,
  fallback: number,
  kind: string,
  valid: (value: number) => boolean,
): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0) || !valid(value)) throw new CliError(`${name} is ${kind}, not "${text}".`);
  return value;
}
