import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Direction, Faults, RuleId, SourceLocation } from "ndislab";
import { PROJECT } from "./ndislab-backend.js";

const DIRECTORY = "conformance/rules";

/** A rule that the driver breaks, with the places that its marks name. */
export interface Expected {
  readonly rule: string;
  readonly at: SourceLocation;
  readonly allocatedAt: SourceLocation | null;
}

/** A C file with one planted mistake, as its name and its comments describe it. */
export interface RuleDriver {
  /** The file's name without its ending. */
  readonly name: string;
  /** The rule that the file is about: its name up to the first dot. */
  readonly rule: RuleId;
  readonly file: string;
  readonly direction: Direction;
  readonly faults: Faults;
  /** It does not start, with the mistake and without. */
  readonly refuses: boolean;
  readonly expected: readonly Expected[];
}

/** Every driver of conformance/rules, by name. */
export function ruleDrivers(): RuleDriver[] {
  return readdirSync(join(PROJECT, DIRECTORY))
    .filter((file) => file.endsWith(".c"))
    .sort()
    .map((file) => {
      const path = `${DIRECTORY}/${file}`;
      const text = readFileSync(join(PROJECT, path), "utf8");
      return {
        name: file.slice(0, -2),
        rule: file.slice(0, file.indexOf(".")) as RuleId,
        file: path,
        direction: text.includes("/* direction: send */") ? "send" : "receive",
        faults: faultsIn(text),
        refuses: text.includes("/* refuses to start */"),
        expected: expectedIn(path, text.split("\n")),
      };
    });
}

/** The marks `fails: allocation N` and `fails: mapping N` of a file. */
export function faultsIn(text: string): Faults {
  const numbersOf = (kind: string): number[] =>
    [...text.matchAll(new RegExp(`/\\* fails: ${kind} (\\d+) \\*/`, "g"))].map(([, number]) => Number(number));
  return { allocation: numbersOf("allocation"), mapping: numbersOf("mapping") };
}

/**
 * The marks of a file. A comment `at RULE` stands on the line a finding points at, `allocated RULE` on the line the
 * object comes from, `at, allocated RULE` where that is the same line.
 */
export function expectedIn(file: string, lines: readonly string[]): Expected[] {
  const at: { rule: string; place: SourceLocation }[] = [];
  const allocated = new Map<string, SourceLocation>();
  lines.forEach((text, index) => {
    for (const [, what, rule] of text.matchAll(/\/\* (at|allocated|at, allocated) ([A-Z0-9-]+) \*\//g)) {
      const place = { file, line: index + 1, function: functionAround(lines, index) };
      if (what !== "allocated") at.push({ rule: rule!, place });
      if (what !== "at") allocated.set(rule!, place);
    }
  });
  return at.map(({ rule, place }) => ({ rule, at: place, allocatedAt: allocated.get(rule) ?? null }));
}

/** The C function that a line lies in: its head starts in the first column, and so does its opening brace. */
function functionAround(lines: readonly string[], index: number): string {
  for (let line = index; line >= 0; line--) {
    const head = /^[A-Za-z][\w\s*]*?(\w+)\(/.exec(lines[line]!);
    if (head !== null) return head[1]!;
  }
  return "";
}
