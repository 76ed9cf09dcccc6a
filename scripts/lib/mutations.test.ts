import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { MUTATIONS } from "./mutations.mjs";
import { ROOT } from "./root.mjs";

it("every mistake of the list can be planted: what it replaces stands once in its file", () => {
  const missing = MUTATIONS.filter(({ file, find }) => {
    const text = readFileSync(join(ROOT, "packages/ndislab/src", file), "utf8");
    return text.split(find).length !== 2;
  });
  expect(missing.map(({ file, says }) => `${file}: ${says}`)).toEqual([]);
});
