import type { Finding, PlannedFault, SourceLocation } from "ndislab";
import { count } from "./count.js";
import { isGrave, type PoolLine, type Report } from "./report.js";

/** Colours of a terminal, or none. */
type Paint = (code: number, text: string) => string;

const BOLD = 1;
const DIM = 2;
const RED = 31;
const GREEN = 32;
const YELLOW = 33;
const CYAN = 36;
const WIDTH = 96;

/** What a person is told beyond the report. */
export interface TextOptions {
  /** Time the frames took, 0 when there were none. */
  readonly trafficMilliseconds: number;
  /** Where the frames that came out were written. */
  readonly output: string | undefined;
  /** For a terminal. */
  readonly color: boolean;
}

/** The report as a person reads it. */
export function reportText(report: Report, options: TextOptions): string {
  const paint: Paint = options.color ? (code, text) => `\x1b[${code}m${text}\x1b[0m` : (_, text) => text;
  const blocks = [
    headline(report, paint),
    traffic(report, options, paint),
    pools(report.pools, paint),
    ...faults(report.faults ?? [], paint),
    ...findings(report.findings, paint),
  ];
  return `\n${blocks.join("\n\n")}\n\n`;
}

function headline({ driver }: Report, paint: Paint): string {
  return `  ${paint(BOLD, driver.name)}  ${paint(DIM, driver.sources.join(" "))}`;
}

function traffic({ packets }: Report, { trafficMilliseconds, output }: TextOptions, paint: Paint): string {
  const cell = (label: string, value: number): string => `${paint(DIM, label)} ${count(value)}`;
  const dropped = packets.dropped === 0 ? cell("dropped", 0) : paint(YELLOW, `dropped ${count(packets.dropped)}`);
  const cells = [cell("in", packets.in), cell("out", packets.out), dropped];
  if (trafficMilliseconds > 0)
    cells.push(paint(DIM, `${count(Math.round((packets.in * 1000) / trafficMilliseconds))} packets/s`));
  const line = `  packets     ${cells.join("    ")}`;
  return output === undefined ? line : `${line}\n              ${paint(DIM, "written to")} ${output}`;
}

function pools(lines: readonly PoolLine[], paint: Paint): string {
  if (lines.length === 0) return `  pools       ${paint(DIM, "none")}`;
  const rows = lines.map(({ kind, tag, live, peak, allocations }) => {
    const liveText = count(live).padStart(8);
    return `${kind.padEnd(16)}${`'${tag}'`.padEnd(10)}${live === 0 ? liveText : paint(RED, liveText)}${count(peak).padStart(8)}${count(allocations).padStart(13)}`;
  });
  const head = paint(
    DIM,
    `${"kind".padEnd(16)}${"tag".padEnd(10)}${"live".padStart(8)}${"peak".padStart(8)}${"allocations".padStart(13)}`,
  );
  return [`  pools       ${head}`, ...rows.map((row) => `              ${row}`)].join("\n");
}

/** What was made to fail, and where: the line a driver's author wants to look at next. */
function faults(planned: readonly PlannedFault[], paint: Paint): string[] {
  if (planned.length === 0) return [];
  const lines = planned.map(({ kind, number, happened, at }) => {
    const name = `${kind} ${number}`;
    if (!happened) return `${name} ${paint(YELLOW, "was never asked for")}`;
    return `${name} ${paint(DIM, at === null ? "failed" : "failed at")}${at === null ? "" : ` ${place(at)}`}`;
  });
  return [lines.map((line, index) => `  ${index === 0 ? "failed  " : "        "}    ${line}`).join("\n")];
}

function findings(all: readonly Finding[], paint: Paint): string[] {
  const grave = all.filter(isGrave);
  if (all.length === 0) return [`  findings    ${paint(GREEN, "none: every buffer is accounted for")}`];
  const summary = grave.length === 0 ? paint(GREEN, "none that matter") : paint(RED, count(grave.length));
  const hints = all.length === grave.length ? "" : paint(DIM, ` and ${all.length - grave.length} of severity info`);
  return [`  findings    ${summary}${hints}`, ...all.map((finding) => findingText(finding, paint))];
}

const SEVERITY_COLORS = { bug: RED, error: RED, warn: YELLOW, info: CYAN } as const;

function findingText(finding: Finding, paint: Paint): string {
  const { rule, severity, message, at, allocatedAt } = finding;
  const times = finding.count === 1 ? "" : paint(DIM, `  ${count(finding.count)} times`);
  const head = `  ${paint(SEVERITY_COLORS[severity], severity.padEnd(6))}${paint(BOLD, rule)}  ${at === null ? "" : place(at)}${times}`;
  const lines = wrap(message, WIDTH - 8).map((line) => `        ${line}`);
  if (allocatedAt !== null && !samePlace(allocatedAt, at))
    lines.push(`        ${paint(DIM, "allocated at")} ${place(allocatedAt)}`);
  return [head.trimEnd(), ...lines].join("\n");
}

const place = ({ file, line, function: name }: SourceLocation): string =>
  `${file}:${line}${name === "" ? "" : ` in ${name}`}`;

const samePlace = (a: SourceLocation, b: SourceLocation | null): boolean =>
  b !== null && a.file === b.file && a.line === b.line;

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
