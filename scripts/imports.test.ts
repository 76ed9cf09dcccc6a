// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources under test hold templates
import { describe, expect, it } from "vitest";
import { importsOf } from "./imports.js";

const specifiers = (source: string): string[] => importsOf(source).map(({ specifier }) => specifier);

describe("importsOf", () => {
  it.each([
    ['import "a";', "a"],
    ['import a from "a";', "a"],
    ["import a, * as b from 'a';", "a"],
    ['import { a, type b as c } from "a";', "a"],
    ['import type { a } from "a";', "a"],
    ['import {\n  a, // from "z"\n  from,\n} from "a";', "a"],
    ['import a = require("a");', "a"],
    ['import a from "a" with { type: "json" };', "a"],
    ['export * from "a";', "a"],
    ['export * as b from "a";', "a"],
    ['export { b } from "a";', "a"],
    ['export type { b } from "a";', "a"],
    ['const b = await import("a");', "a"],
    ['type B = import("a").B;', "a"],
    ['let b: typeof import("a");', "a"],
    ['const c = `${await import("a")}`;', "a"],
    ['/// <reference types="a" />', "a"],
  ])("sees %s", (source, expected) => {
    expect(specifiers(source)).toEqual([expected]);
  });

  it.each([
    '// import "a";',
    '/* import "a";\n import "b"; */',
    `const text = 'import "a";';`,
    'const text = `import a from "a"; ${1 + { b: `import "b"` }.b} import "c";`;',
    'const pattern = /import "a"/;',
    'const pattern = /[/"]import "a"/u;',
    "export const from = 1;",
    'export const from = "a";',
    'export function from(): string { return "a"; }',
    'list.import("a");',
    "import.meta.url;",
    'export { b };\nconst c = "from";',
  ])("does not count %s", (source) => {
    expect(specifiers(source)).toEqual([]);
  });

  it("goes on behind divisions, regular expressions and templates", () => {
    const source = [
      "const a = b++ / c;",
      "const d = (b) / c / `}`.length;",
      "const e = f(/`/);",
      "const g = `${{}}`;",
      'import "a";',
    ];
    expect(importsOf(source.join("\n"))).toEqual([{ specifier: "a", line: 5 }]);
  });

  it("says in which line a module is named", () => {
    expect(importsOf('\n\nimport {\n  a,\n} from "a";')).toEqual([{ specifier: "a", line: 5 }]);
  });
});
