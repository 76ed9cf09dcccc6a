import { expect, it } from "vitest";
import { compileObjectForLayout } from "./layout-probe.js";

const HEADERS = new Map([["shape.h", "struct shape { char c; long long wide; void *p; };\n"]]);
const OFFSETS = `#include <shape.h>
_Static_assert(__builtin_offsetof(struct shape, wide) == 8, "wide");
_Static_assert(sizeof(struct shape) == 24, "size");
`;

it.each(["i686-pc-windows-msvc", "wasm32-unknown-unknown"] as const)("checks assertions for %s", async (target) => {
  expect(await compileObjectForLayout(OFFSETS, target, HEADERS)).toEqual({ ok: true, diagnostics: "" });
  const wrong = await compileObjectForLayout('_Static_assert(sizeof(long) == 8, "long");', target);
  expect(wrong.ok).toBe(false);
  expect(wrong.diagnostics).toContain("layout.c:1:16: error: static assertion failed");
});
