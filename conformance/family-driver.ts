import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Direction, Profile } from "ndislab";
import { PROJECT } from "./ndislab-backend.js";
import { type Expected, expectedIn } from "./rule-driver.js";

const DIRECTORY = "conformance";

/** A C file that uses a family of DDIs as a driver would, with what it must print and what must be found. */
export interface FamilyDriver {
  readonly family: string;
  /** The file's name without its ending. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly direction: Direction;
  readonly profile: Profile;
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
          text,
          direction: text.includes("/* direction: send */") ? "send" : "receive",
          profile: text.includes("/* profile: windows */") ? "windows" : "strict",
          prints: printsOf(path, text),
          expected: expectedIn(path, text.split("\n")),
        };
      }),
  );
}

/** The lines between `/* prints` and the end of that comment, which closes the file. */
function printsOf(path: string, text: string): string {
  const match = /\n\/\* prints\n([\s\S]*)\*\/\n$/.exec(text);
  if (match === null) throw new Error(`${path} does not end with a comment "/* prints … */"`);
  return match[1]!;
}
