import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

/** A directory for one test file, gone afterwards; returns the path of a name in it. */
export function scratch(): (name: string) => string {
  const directory = mkdtempSync(join(tmpdir(), "ndislab-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return (name) => join(directory, name);
}

/** A path from the root of the repository. */
export const repository = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
