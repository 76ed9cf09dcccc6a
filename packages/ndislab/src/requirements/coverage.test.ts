import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PARTLY_POSTPONED, POSTPONED } from "./postponed.js";

const folder = new URL(".", import.meta.url);

/** Ids at the start of a test's name, in all files of this folder. */
function testedIds(): Set<string> {
  const ids = new Set<string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".test.ts")))
    for (const [, id] of readFileSync(new URL(file, folder), "utf8").matchAll(/^ {2}it\("(R\d+): /gm)) {
      expect(ids.has(id), `${id} has two tests`).toBe(false);
      ids.add(id);
    }
  return ids;
}

it("every requirement R1 to R80 has a test or is postponed, and never both", () => {
  const tested = testedIds();
  const postponed = POSTPONED.map(({ id }) => id);
  const all = Array.from({ length: 80 }, (_, i) => `R${i + 1}`);
  expect(all.filter((id) => !tested.has(id) && !postponed.includes(id))).toEqual([]);
  expect(postponed.filter((id) => tested.has(id))).toEqual([]);
  expect([...tested, ...postponed].filter((id) => !all.includes(id))).toEqual([]);
});

it("what is partly postponed has a test for the other part", () => {
  const tested = testedIds();
  expect(PARTLY_POSTPONED.filter(({ id }) => !tested.has(id))).toEqual([]);
  for (const { reason } of [...POSTPONED, ...PARTLY_POSTPONED]) expect(reason).toMatch(/\.$/);
});
