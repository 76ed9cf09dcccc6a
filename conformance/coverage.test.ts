import { join } from "node:path";
import { contractIds, coverage, coverageOf, SUBJECTS, toMarkdown } from "@ndislab/reference";
import { expect, it } from "vitest";
import { familyDrivers } from "./family-driver.js";
import { PROJECT } from "./ndislab-backend.js";

const texts = new Map(
  familyDrivers().map(({ family, name, text }) => [
    `${family}/${name}`,
    text.slice(0, text.lastIndexOf("/* prints")).replace(/\/\*[\s\S]*?\*\//g, ""),
  ]),
);
const link = (name: string): string | undefined => (SUBJECTS.has(name) ? `reference/${name}.md` : undefined);

it("docs/coverage.md is up to date", async () => {
  await expect(toMarkdown(coverage(texts), link)).toMatchFileSnapshot(join(PROJECT, "docs/coverage.md"));
});

it("the contract is covered", () => {
  const ids = new Set(coverageOf(texts).flatMap(({ contract }) => contract));
  expect([...ids].filter((id) => !contractIds().includes(id))).toEqual([]);
});
