import { join } from "node:path";
import { contractIds, coverage, coverageOf, isDone, SUBJECTS, toMarkdown } from "@ndislab/reference";
import { expect, it } from "vitest";
import { compiledText, familyDrivers } from "./family-driver.js";
import { PROJECT } from "./ndislab-backend.js";

const texts = new Map(
  familyDrivers().map(({ family, name, file }) => [
    `${family}/${name}`,
    compiledText(file).replace(/\/\*[\s\S]*?\*\//g, ""),
  ]),
);
const all = coverageOf(texts);
const link = (name: string): string | undefined => (SUBJECTS.has(name) ? `reference/${name}.md` : undefined);

it("docs/coverage.md is up to date", async () => {
  await expect(toMarkdown(coverage(texts), link)).toMatchFileSnapshot(join(PROJECT, "docs/coverage.md"));
});

it("every name that the table declares or real drivers use is implemented, has its page, and is run from C", () => {
  expect(all.filter((one) => !isDone(one)).map(({ name }) => name)).toEqual([]);
});

it("every paragraph of the contract has a name, and no name another one", () => {
  const ids = new Set(all.flatMap(({ contract }) => contract));
  expect([...ids].sort()).toEqual(contractIds().sort());
});
