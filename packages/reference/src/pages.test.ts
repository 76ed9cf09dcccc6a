import { ENTRIES, type Enumeration, RULES, type Structure } from "ndislab";
import { describe, expect, it } from "vitest";
import { example } from "./examples.js";
import { WITHOUT_PAGE } from "./pages/without-page.js";
import { signatureOf } from "./prototype.js";
import { LAYOUTS, SUBJECTS } from "./subject.js";

const without = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
const names = (text: string): Set<string> => new Set(without(text).match(/\w+/g));
const ddis = [...SUBJECTS.values()].filter((subject) => subject.kind === "ddi");
const structures = [...SUBJECTS.values()].filter((subject) => subject.kind === "structure");

describe.each(ddis)("$name", ({ name, entry, page }) => {
  it("explains its parameters and what it returns, and nothing else", () => {
    const signature = signatureOf(entry);
    expect(signature, `${name} needs a prototype in the table`).toBeDefined();
    expect(Object.keys(page.parameters ?? {})).toEqual(signature!.parameters.map((parameter) => parameter.name));
    expect(page.returns !== undefined).toBe(signature!.returns !== "VOID");
  });

  it("has an example that uses it in both languages", () => {
    const { c, ts } = example(page.example);
    expect(names(c)).toContain(name);
    expect(ts === undefined).toBe(page.driverOnly === true);
    if (ts !== undefined) expect(names(ts)).toContain(name);
  });
});

/** Names by which C uses a type: its own, those of pointers to it, and what an enumeration enumerates. */
const namesOf = (layout: Structure<string> | Enumeration): readonly string[] =>
  layout.kind === "enumeration"
    ? [layout.name, ...Object.keys(layout.values)]
    : [layout.name, ...layout.pointers, ...layout.aliases];

describe.each(structures)("$name", ({ layout, page }) => {
  it("explains its members", () => {
    const members =
      layout.kind === "enumeration"
        ? Object.keys(layout.values)
        : [...layout.fields, ...layout.bitFields].map((field) => field.name);
    expect(Object.keys(page.members).filter((member) => !members.includes(member))).toEqual([]);
    // Of nested structures the outer member is enough.
    const outer = members.filter((member) => !member.includes("."));
    expect(outer.filter((member) => page.members[member] === undefined)).toEqual([]);
  });

  it("has an example that uses it", () => {
    const used = names(example(page.example).c);
    expect(namesOf(layout).some((name) => used.has(name))).toBe(true);
  });
});

it("every declared structure and enumeration has a page, or a reason for none", () => {
  expect([...LAYOUTS.keys()].filter((name) => !SUBJECTS.has(name) && !(name in WITHOUT_PAGE))).toEqual([]);
});

it.each(Object.entries(WITHOUT_PAGE))("%s has no page, for a reason", (name, reason) => {
  expect(LAYOUTS.has(name)).toBe(true);
  expect(SUBJECTS.has(name)).toBe(false);
  expect(reason).toMatch(/^[A-Z].*\.$/);
});

describe.each([...SUBJECTS.values()])("the words of $name", ({ page }) => {
  it("are sentences", () => {
    const texts = [page.summary, ...(page.remarks ?? []), ...(page.decisions ?? [])];
    if ("returns" in page && page.returns !== undefined) texts.push(page.returns);
    for (const text of texts) expect(text).toMatch(/^[A-Z`0-9*][\s\S]*[.:`]$/);
  });

  it("name rules and pages that are there", () => {
    expect((page.rules ?? []).filter((rule) => !(rule in RULES))).toEqual([]);
    expect((page.related ?? []).filter((other) => !SUBJECTS.has(other) && !(other in ENTRIES))).toEqual([]);
  });
});
