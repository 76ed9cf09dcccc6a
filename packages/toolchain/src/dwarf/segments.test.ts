import { beforeAll, describe, expect, it } from "vitest";
import { type Clang, loadClang } from "../clang.js";
import { compileFlags, linkFlags } from "../flags.js";
import { buildSymbols } from "../symbol-builder.js";
import { type Frame, Symbols } from "../symbols.js";
import { ByteReader } from "../wasm/byte-reader.js";
import { readFunctionBodies } from "../wasm/function-body.js";
import { InstructionReader } from "../wasm/instruction-reader.js";
import { instrumentModule } from "../wasm/instrument.js";
import { readModule, SECTION, type WasmModule } from "../wasm/module.js";

/** Functions inlined into functions inlined into functions, with loops, switches, calls and arithmetic. */
function nested(count: number): string {
  let text = "int NdisX(int); int NdisY(int, int); static unsigned shared[64];\n";
  for (let i = 0; i < count; i++) {
    const deeper = i === 0 ? "b" : `inner${Math.max(i - 1 - (i % 2), 0)}(b,\n        a)`;
    text += `static inline int inner${i}(int a, int b) {
  if (a > ${i})
    return NdisX(a) + ${deeper};
  for (int k = 0; k < b; k++) {
    shared[k & 63] ^= a * k; if (shared[k & 63] == ${i}) NdisY(k,
      shared[3]);
  }
  switch (a & 3) { case 0: return NdisY(a, b); case 1: return NdisY(b, a); case 2: return a / b; }
  return shared[a & 7];
}
int outer${i}(int x, int y) {
  int sum = 0;
  while (x-- > 0) {
    sum += inner${i}(x, y) * inner${i >> 1}(y, x);
    if (sum & ${1 << (i % 8)}) { sum -= NdisX(3); continue; } else sum += NdisX(4);
  }
  return sum;
}
`;
  }
  return text;
}

const MODULES: Record<string, readonly (readonly [path: string, text: string])[]> = {
  "inlined code": [["/a.c", `#line 1 "src/a.c"\n${nested(6)}\nint DriverEntry(void) { return outer5(1, 2); }`]],
  "several units with headers and lines of their own": [
    [
      "/a.c",
      '#line 1 "a.c"\n#include "/h.h"\nint Other(int);\nint DriverEntry(int a) { return Other(a) + InHeader(a); }',
    ],
    [
      "/b.c",
      '#line 1 "../b.c"\n#include "/h.h"\nint Other(int a) {\n  return InHeader(a) +\n#line 700 "made.y"\n a / 3; }',
    ],
    [
      "/h.h",
      '#line 1 "inc/h.h"\nint NdisZ(int);\nstatic int InHeader(int a) {\n  return a ? NdisZ(a) : NdisZ(-a);\n}\n',
    ],
  ],
  "functions the linker leaves out": [
    [
      "/a.c",
      '#line 1 "a.c"\nint NdisX(int);\nint Dead(int a) { return NdisX(a); }\nint DriverEntry(int a) { return NdisX(1); }',
    ],
    [
      "/b.c",
      '#line 1 "b.c"\nint NdisX(int);\nstatic int In(int a) { return NdisX(a); }\nint Dead2(int a) { return In(a); }\n',
    ],
  ],
};

async function link(clang: Clang, files: readonly (readonly [string, string])[], optimize: 0 | 1): Promise<WasmModule> {
  const flags = compileFlags({ optimize, lines: true, defines: [], includeDirs: [], systemDir: "/none" });
  const objects: [string, Uint8Array][] = [];
  for (const [path] of files.filter(([name]) => name.endsWith(".c"))) {
    const { output, text } = await clang.compile(path, flags, files);
    if (output === undefined) throw new Error(text);
    objects.push([`${path}.o`, output]);
  }
  const keep = ["--export-if-defined=outer0", "--export-if-defined=outer3"];
  const placement = linkFlags({ globalBase: 65536, stackSize: 65536 }, "test");
  const args = ["wasm-ld", ...objects.map(([path]) => path), "-o", "/linked", ...placement, ...keep];
  const { output, text } = await clang.run(args, objects, "/linked");
  if (output === undefined) throw new Error(text);
  return readModule(output);
}

interface SymbolizerFrame {
  readonly FileName: string;
  readonly Line: number;
  readonly Column: number;
  readonly FunctionName: string;
}

/** What LLVM's own symbolizer says of addresses; innermost first. */
async function symbolize(clang: Clang, module: WasmModule, addresses: readonly number[]): Promise<SymbolizerFrame[][]> {
  const args = ["symbolizer", "--obj=/linked", "--inlines", "--output-style=JSON", ...addresses.map(String)];
  const { text } = await clang.run(args, [["/linked", module.bytes]]);
  return JSON.parse(text).map((answer: { Symbol?: SymbolizerFrame[] }) => answer.Symbol ?? []);
}

describe.each(Object.entries(MODULES))("lines of %s", (_, files) => {
  let clang: Clang;
  beforeAll(async () => {
    clang = await loadClang();
  });

  it.each([0, 1] as const)("are those of LLVM's symbolizer for every instruction, at -O%i", async (optimize) => {
    const module = await link(clang, files, optimize);
    const plain = instrumentModule(module, { callSites: false, loops: false, siteCell: 0 });
    const symbols = new Symbols(buildSymbols(module, plain, "test"));
    const code = module.sections.find((section) => section.id === SECTION.code)!.start;
    const positions: { offset: number; name: string }[] = [];
    for (const body of readFunctionBodies(module)) {
      const reader = new InstructionReader(new ByteReader(module.bytes, body.code, body.end));
      const name = module.functionNames.get(body.index)!;
      while (reader.next()) positions.push({ offset: reader.offset, name });
    }
    const answers = await symbolize(
      clang,
      module,
      positions.map(({ offset }) => offset - code),
    );
    let compared = 0;
    for (const [i, { offset, name }] of positions.entries()) {
      const expected = answers[i]!;
      const frames: Frame[] = symbols.lookup(plain.offsets.moved(offset)) ?? [];
      if (expected.length === 0 || expected[0]!.FileName === "") continue; // made by the linker
      if (expected[0]!.Line === 0) continue; // the symbolizer has no line, this package the nearest
      const outermost = expected.length - 1;
      expect(frames).toEqual(
        expected.map(({ FileName, Line, Column, FunctionName }, depth) => ({
          file: FileName.replace(/^\//, ""),
          line: Line,
          column: Column,
          function: depth === outermost ? name : FunctionName,
        })),
      );
      compared++;
    }
    expect(compared).toBeGreaterThan(positions.length / 2);
  });

  it("exist for every instruction of the driver, and for every call site after instrumentation", async () => {
    const module = await link(clang, files, 1);
    const instrumented = instrumentModule(module, { callSites: true, loops: false, siteCell: 0 });
    const symbols = new Symbols(buildSymbols(module, instrumented, "test"));
    expect(instrumented.sites.length).toBeGreaterThan(0);
    for (const [i, { offset, callee }] of instrumented.sites.entries()) {
      const { callee: name, inlinedAt, ...innermost } = symbols.site(i + 1)!;
      expect(name).toBe(callee);
      expect(innermost.line).toBeGreaterThan(0);
      expect(symbols.lookup(instrumented.offsets.moved(offset))).toEqual([innermost, ...inlinedAt]);
    }
  });
});
