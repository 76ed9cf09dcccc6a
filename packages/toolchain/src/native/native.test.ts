import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { nativeHeaders } from "ndislab";
import { expect, it } from "vitest";
import { loadClang } from "../clang.js";
import { compileFlags } from "../flags.js";
import { driverHeaders } from "../node/driver-headers.js";

const LIBRARY = fileURLToPath(new URL("../../../ndislab/", import.meta.url));

const COMPILE = [
  ...compileFlags({ optimize: 1, lines: false, defines: [], includeDirs: [], systemDir: "/ddk" }),
  "-O3",
  "-mbulk-memory",
];
// A stack would lie in the memory, where other processors have theirs. Code that needs one fails at once: it starts at 0.
const NO_STACK = ["--stack-first", "-z", "stack-size=0"];
// With a most, the imports of an own memory and of a shared one differ in one bit.
const LINK = ["--no-entry", "--import-memory", "--max-memory=4294967296", "--strip-all", ...NO_STACK];

/** The text of the module that carries the code of a C file. */
function moduleOf(name: string, code: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < code.length; at += 28) lines.push(`  ${[...code.subarray(at, at + 28)].join(", ")},`);
  return [
    `// What native/${name}.c compiles to; see native/README.md. Not to be edited.`,
    "",
    "// biome-ignore format: as many numbers to a line as fit",
    `export const ${name.toUpperCase()}_CODE: readonly number[] = [`,
    ...lines,
    "];",
    "",
  ].join("\n");
}

it.each([
  ["helper", "memory/helper-code.ts"],
  ["ddis", "driver/ddis-code.ts"],
  ["ledger", "verifier/ledger-code.ts"],
  ["guards", "verifier/guards-code.ts"],
])("native/%s.c compiles without a warning, to the code that the library carries", async (name, module) => {
  const clang = await loadClang();
  const files: [string, string | Uint8Array][] = ["native.h", "lists.h", "ledger.h", `${name}.c`].map((file) => [
    `/${file}`,
    readFileSync(`${LIBRARY}native/${file}`, "utf8"),
  ]);
  for (const [path, text] of driverHeaders()) files.push([`/ddk/${path}`, text]);
  for (const [path, text] of nativeHeaders()) files.push([`/ddk/${path}`, text]);
  const compiled = await clang.compile(`/${name}.c`, COMPILE, files);
  expect(compiled.text).toBe("");
  const linked = await clang.run(
    ["wasm-ld", ...LINK, `/${name}.o`, "-o", "/linked.wasm"],
    [[`/${name}.o`, compiled.output as Uint8Array]],
    "/linked.wasm",
  );
  expect(linked.text).toBe("");
  await expect(moduleOf(name, linked.output as Uint8Array)).toMatchFileSnapshot(`${LIBRARY}src/${module}`);
});
