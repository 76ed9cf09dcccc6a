import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Direction, Faults, Profile } from "ndislab";
import { PROJECT } from "./ndislab-backend.js";
import { type Expected, expectedIn, faultsIn } from "./rule-driver.js";

const DIRECTORY = "conformance";

/** A C file that uses a family of DDIs as a driver would, with what it must print and what must be found. */
export interface FamilyDriver {
  readonly family: string;
  /** The file's name without its ending. */
  readonly name: string;
  readonly file: string;
  readonly direction: Direction;
  readonly profile: Profile;
  readonly faults: Faults;
  readonly prints: string;
  readonly expected: readonly Expected[];
}

/** Directories of drivers, one for each family; `rules` is another matter. */
export const FAMILIES: readonly string[] = readdirSync(join(PROJECT, DIRECTORY), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "rules")
  .map(({ name }) => name)
  .sort();

/** Every driver of every family, by family and name. */
export function familyDrivers(): FamilyDriver[] {
  return FAMILIES.flatMap((family) =>
    readdirSync(join(PROJECT, DIRECTORY, family))
      .filter((file) => file.endsWith(".c"))
      .sort()
      .map((file) => {
        const path = `${DIRECTORY}/${family}/${file}`;
        const text = readFileSync(join(PROJECT, path), "utf8");
        return {
          family,
          name: file.slice(0, -2),
          file: path,
          direction: text.includes("/* direction: send */") ? "send" : "receive",
          faults: faultsIn(text),
          profile: text.includes("/* profile: windows */") ? "windows" : "strict",
          prints: printsOf(path, text),
          expected: expectedIn(path, text.split("\n")),
        };
      }),
  );
}

/** All of the project's own that is compiled of a file: its text, and before it that of the headers it includes. */
export function compiledText(file: string, seen = new Set<string>()): string {
  if (seen.has(file)) return "";
  seen.add(file);
  const text = readFileSync(join(PROJECT, file), "utf8");
  const headers = [...text.matchAll(/^#include "(.+)"$/gm)].map(([, name]) => posix.join(posix.dirname(file), name!));
  return [...headers.map((header) => compiledText(header, seen)), text].join("\n");
}

/** The lines between `/* prints` and the end of that comment, which closes the file. */
function printsOf(path: string, text: string): string {
  const match = /\n\/\* prints\n([\s\S]*)\*\/\n$/.exec(text);
  if (match === null) throw new Error(`${path} does not end with a comment "/* prints … */"`);
  return match[1]!;
}
