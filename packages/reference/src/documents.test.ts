import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { contents } from "./contents.js";
import { toMarkdown } from "./markdown.js";
import { pageOf } from "./page-of.js";
import { SUBJECTS } from "./subject.js";

const FOLDER = fileURLToPath(new URL("../../../docs/reference/", import.meta.url));
const link = (name: string): string | undefined => (SUBJECTS.has(name) ? `${name}.md` : undefined);

it.each([...SUBJECTS.values()])("the page of $name in docs/reference is up to date", async (subject) => {
  const { name } = subject;
  await expect(toMarkdown(pageOf(subject), link)).toMatchFileSnapshot(`${FOLDER}${name}.md`);
});

it("docs/reference/README.md is up to date", async () => {
  await expect(toMarkdown(contents(), link)).toMatchFileSnapshot(`${FOLDER}README.md`);
});

it("docs/reference has no page of what is gone", () => {
  expect(
    readdirSync(FOLDER).filter((file) => file !== "README.md" && !SUBJECTS.has(file.replace(/\.md$/, ""))),
  ).toEqual([]);
});
