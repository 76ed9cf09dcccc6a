import { ENTRIES, RULES } from "ndislab";
import { describe, expect, it } from "vitest";
import { example } from "./examples.js";
import { signatureOf } from "./prototype.js";
import { SUBJECTS } from "./subject.js";

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

describe.each(structures)("$name", ({ name, layout, page }) => {
  it("explains its members", () => {
    const members =
      layout.kind === "enumeration" ? Object.keys(layout.values) : layout.fields.map((field) => field.name);
    expect(Object.keys(page.members).filter((member) => !members.includes(member))).toEqual([]);
    // Of nested structures the outer member is enough.
    const outer = members.filter((member) => !member.includes("."));
    expect(outer.filter((member) => page.members[member] === undefined)).toEqual([]);
  });

  it("has an example that uses it", () => {
    expect(names(example(page.example).c)).toContain(name);
  });
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
