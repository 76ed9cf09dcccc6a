import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { declarationText, forwardText, MDL_PREFIX, POOL } from "ndislab";
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
const LINK = ["--no-entry", "--import-memory", "--max-memory=2147483648", "--strip-all", ...NO_STACK];

/** What NDIS keeps of pools in the memory, which no driver sees. */
const poolHeader = (): string => forwardText([POOL, MDL_PREFIX]) + declarationText(POOL) + declarationText(MDL_PREFIX);

/** The text of the module that carries the code. */
function moduleOf(code: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < code.length; at += 28) lines.push(`  ${[...code.subarray(at, at + 28)].join(", ")},`);
  return [
    "// What native/helper.c compiles to; see native/README.md. Not to be edited.",
    "",
    "// biome-ignore format: as many numbers to a line as fit",
    "export const HELPER_CODE: readonly number[] = [",
    ...lines,
    "];",
    "",
  ].join("\n");
}

it("native/helper.c compiles without a warning, to the code that the library carries", async () => {
  const clang = await loadClang();
  const files: [string, string | Uint8Array][] = [["/helper.c", readFileSync(`${LIBRARY}native/helper.c`, "utf8")]];
  for (const [path, text] of driverHeaders()) files.push([`/ddk/${path}`, text]);
  files.push(["/ddk/ndislab/pool.h", poolHeader()]);
  const compiled = await clang.compile("/helper.c", COMPILE, files);
  expect(compiled.text).toBe("");
  const linked = await clang.run(
    ["wasm-ld", ...LINK, "/helper.o", "-o", "/helper.wasm"],
    [["/helper.o", compiled.output as Uint8Array]],
    "/helper.wasm",
  );
  expect(linked.text).toBe("");
  await expect(moduleOf(linked.output as Uint8Array)).toMatchFileSnapshot(`${LIBRARY}src/memory/helper-code.ts`);
});
