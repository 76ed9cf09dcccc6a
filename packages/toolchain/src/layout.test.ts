import {
  DECLARATIONS,
  type Field,
  IRP,
  isConstants,
  NDIS_FILTER_ATTACH_PARAMETERS,
  NET_BUFFER_LIST,
  type Structure,
  structureHeaders,
} from "ndislab";
import { describe, expect, it } from "vitest";
import { compileObjectForLayout, type LayoutTarget } from "./layout-probe.js";

const TARGETS: readonly LayoutTarget[] = ["i686-pc-windows-msvc", "wasm32-unknown-unknown"];

const structures = DECLARATIONS.flatMap((one) =>
  !isConstants(one) && one.kind === "structure" && !one.opaque ? [one] : [],
);

const HEAD = `#include "ndislab/structures.h"
#define SIZE(type, size, align) \\
  _Static_assert(sizeof(type) == size, "size of " #type); \\
  _Static_assert(_Alignof(type) == align, "alignment of " #type);
#define MEMBER(type, member, offset, size) \\
  _Static_assert(__builtin_offsetof(type, member) == offset, "offset of " #type "." #member); \\
  _Static_assert(sizeof(((type *)0)->member) == size, "size of " #type "." #member);
#define VALUE(name, value) _Static_assert((unsigned)(name) == value##u, "value of " #name);
#define SAME(a, b) _Static_assert(__builtin_types_compatible_p(a, b), #a " is " #b);
`;

const memberText = (type: string, { name, offset, size }: Field): string =>
  `MEMBER(${type}, ${name}, ${offset}, ${size})\n`;

const structureText = ({ name, size, align, fields, pointers, aliases }: Structure<string>): string =>
  [
    `SIZE(${name}, ${size}, ${align})\n`,
    ...fields.map((field) => memberText(name, field)),
    ...pointers.map((pointer) => `SAME(${pointer}, ${name} *)\n`),
    ...aliases.map((alias) => `SAME(${alias}, ${name}) SAME(P${alias}, ${name} *)\n`),
  ].join("");

/** Every declaration as assertions about what the compiler makes of its C text. */
function assertions(): string {
  let text = HEAD;
  for (const one of DECLARATIONS) {
    if (isConstants(one)) continue;
    if (one.kind === "structure" && !one.opaque) text += structureText(one);
    if (one.kind === "enumeration") {
      for (const [name, value] of Object.entries(one.values)) text += `VALUE(${name}, ${value >>> 0})\n`;
      text += `SIZE(${one.name}, 4, 4)\n`;
    }
    if (one.kind === "callback") text += `SAME(${one.pointer}, ${one.name} *)\nSIZE(${one.pointer}, 4, 4)\n`;
  }
  return text;
}

describe.each(TARGETS)("the declared layouts on %s", (target) => {
  it("are what the compiler lays out", async () => {
    expect(structures.length).toBeGreaterThan(50);
    const probe = await compileObjectForLayout(assertions(), target, structureHeaders());
    expect(probe).toEqual({ ok: true, diagnostics: "" });
  });

  it.each([NET_BUFFER_LIST, IRP, NDIS_FILTER_ATTACH_PARAMETERS])("cannot be wrong unnoticed: $name", async (right) => {
    const last = right.fields[right.fields.length - 1]!;
    const wrong = [
      { ...right, size: right.size + 1 },
      { ...right, fields: [{ ...last, offset: last.offset + 1 }] },
      { ...right, fields: [{ ...last, size: last.size + 1 }] },
    ];
    const text = HEAD + wrong.map(structureText).join("");
    const { ok, diagnostics } = await compileObjectForLayout(text, target, structureHeaders());
    expect(ok).toBe(false);
    expect(diagnostics).toContain(`size of ${right.name}`);
    expect(diagnostics).toContain(`offset of ${right.name}.${last.name}`);
    expect(diagnostics).toContain(`size of ${right.name}.${last.name}`);
  });
});
