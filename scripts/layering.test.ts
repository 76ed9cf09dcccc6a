import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { importsOf } from "./imports.js";
import { layeringProblems } from "./layering.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Every packages/<name>/src/**\/*.ts, from the root, with forward slashes on every system. */
function sources(): string[] {
  const found: string[] = [];
  for (const name of readdirSync(join(ROOT, "packages"))) {
    for (const file of readdirSync(join(ROOT, "packages", name, "src"), { recursive: true, encoding: "utf8" })) {
      if (file.endsWith(".ts")) found.push(`packages/${name}/src/${file.replaceAll("\\", "/")}`);
    }
  }
  return found;
}

describe("the sources", () => {
  it("import downward only", () => {
    const problems = sources().flatMap((path) =>
      layeringProblems(path, importsOf(readFileSync(join(ROOT, path), "utf8"))),
    );
    expect(problems).toEqual([]);
  });

  it("are read: every layer's face shows imports", () => {
    const table = importsOf(readFileSync(join(ROOT, "packages/ndislab/src/index.ts"), "utf8"));
    expect(table.length).toBeGreaterThan(5);
  });
});

/** The sentences for one import of one file, without the place in front. */
function problem(path: string, specifier: string): string | undefined {
  const problems = layeringProblems(`packages/${path}`, [{ specifier, line: 7 }]);
  return problems[0]?.replace(`packages/${path}:7: `, "");
}

describe("the rules", () => {
  it.each([
    ["ndislab/src/memory/memory.ts", "../layout/pool.js"],
    ["ndislab/src/ddi/filter.ts", "../ndis6/index.js"],
    ["ndislab/src/ddi/filter.ts", "./entry.js"],
    ["ndislab/src/verifier/verifier.ts", "../ddi/index.js"],
    ["ndislab/src/driver/data-path.ts", "../verifier/index.js"],
    ["ndislab/src/objects/net-buffer.ts", "../ddi/table.js"],
    ["ndislab/src/index.ts", "./driver/index.js"],
    ["ndislab/src/mdl/mdl.test.ts", "vitest"],
    ["ndislab/src/mdl/mdl.test.ts", "../testing/layouts.js"],
    ["ndislab/src/layout/layout.test.ts", "@ndislab/toolchain"],
    ["ndislab/src/requirements/buffers.test.ts", "../index.js"],
    ["capture/src/node/files.ts", "node:fs"],
    ["capture/src/node/files.ts", "../pcap.js"],
    ["capture/src/pcap.test.ts", "node:fs"],
    ["toolchain/src/clang.ts", "@yowasp/clang"],
    ["toolchain/src/clang.ts", "ndislab"],
    ["cli/src/run.ts", "@ndislab/capture/node"],
  ])("%s may import %s", (path, specifier) => {
    expect(problem(path, specifier)).toBeUndefined();
  });

  it.each([
    ["ndislab/src/layout/pool.ts", "../memory/address.js", "layout does not import memory"],
    ["ndislab/src/ndis5/packets.ts", "../ndis6/index.js", "ndis5 does not import ndis6"],
    ["ndislab/src/ndis6/copy.ts", "../ndis5/index.js", "ndis6 does not import ndis5"],
    ["ndislab/src/ddi/table.ts", "../verifier/index.js", "ddi does not import verifier"],
    ["ndislab/src/ddi/table.test.ts", "../verifier/index.js", "ddi does not import verifier"],
    ["ndislab/src/objects/net-buffer.ts", "../verifier/index.js", "objects does not import verifier"],
    ["ndislab/src/objects/net-buffer.ts", "../driver/index.js", "objects does not import driver"],
    ["ndislab/src/kernel/irql.ts", "../index.js", "kernel does not import index"],
    ["ndislab/src/kernel/irql.ts", "../testing/lab.js", "testing/lab.ts is for tests only"],
    ["ndislab/src/kernel/irql.ts", "./irql.test.js", "kernel/irql.test.ts is for tests only"],
    ["ndislab/src/kernel/irql.ts", "node:fs", "package ndislab does not import node:fs here"],
    ["ndislab/src/kernel/irql.ts", "@ndislab/toolchain", "package ndislab does not import @ndislab/toolchain here"],
    ["ndislab/src/misc/x.ts", "../layout/pool.js", "scripts/layering.ts has no rule for ndislab/src/misc"],
    ["ndislab/src/mdl/mdl.ts", "../misc/x.js", "scripts/layering.ts has no rule for ndislab/src/misc"],
    ["capture/src/pcap.ts", "node:fs", "package capture does not import node:fs here"],
    ["capture/src/pcap.ts", "./node/files.js", ". does not import node"],
    ["toolchain/src/clang.ts", "@ndislab/capture", "package toolchain does not import @ndislab/capture here"],
    ["toolchain/src/clang.ts", "vitest", "package toolchain does not import vitest here"],
    ["cli/src/run.ts", "../../ndislab/src/index.js", "../../ndislab/src/index.js leads into package ndislab"],
    ["cli/src/run.ts", "../package.json", "../package.json leads out of src/"],
  ])("%s may not import %s", (path, specifier, expected) => {
    expect(problem(path, specifier)).toBe(expected);
  });

  it("cover every package", () => {
    expect(layeringProblems("packages/other/src/index.ts", [])).toEqual([
      "packages/other/src/index.ts: scripts/layering.ts has no rule for package other",
    ]);
  });
});
