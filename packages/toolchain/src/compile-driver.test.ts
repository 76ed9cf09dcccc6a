import { describe, expect, it } from "vitest";
import { CLANG_VERSION } from "./clang-version.js";
import { compileDriver } from "./compile-driver.js";
import type { BuildCache, CompileOptions } from "./compile-options.js";
import { CompileError } from "./errors.js";
import { memoryFiles } from "./file-source.js";
import { Host } from "./testing/host.js";

const ENTRY = "int DriverEntry(void *driver, void *path) { return 0; }\n";

const compile = (text: string, options: Partial<CompileOptions> = {}) =>
  compileDriver({ sources: [{ path: "src/filter.c", text }], ...options });

const failure = async (text: string, options?: Partial<CompileOptions>): Promise<CompileError> => {
  const error = await compile(text, options).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(CompileError);
  return error;
};

/** A cache in memory that counts. */
class MemoryCache implements BuildCache {
  readonly builds = new Map<string, Uint8Array>();
  hits = 0;
  load(hash: string): Uint8Array | undefined {
    const build = this.builds.get(hash);
    if (build !== undefined) this.hits++;
    return build;
  }
  store(hash: string, build: Uint8Array): void {
    this.builds.set(hash, build);
  }
}

it("is pinned to the version of the compiler that is installed", async () => {
  const { version } = (await import("@yowasp/clang")) as unknown as { version: string };
  expect(version).toBe(CLANG_VERSION);
});

describe("compileDriver", () => {
  it("makes undefined functions imports by name, with their signatures", async () => {
    const driver = await compile(`
      long long NdisGet(int index, long long *to, double scale, ...);
      void NdisPut(void);
      int DriverEntry(void *driver, void *path) { NdisPut(); return (int)NdisGet(1, 0, 2.0); }
    `);
    expect(driver.imports).toEqual([
      { module: "env", name: "NdisPut", params: [], results: [] },
      { module: "env", name: "NdisGet", params: ["i32", "i32", "f64", "i32"], results: ["i64"] },
      { module: "env", name: "ndislab_tick", params: [], results: [] },
    ]);
    expect(driver).toMatchObject({ name: "filter", hasDriverEntry: true, warnings: "" });
    expect(driver.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("lays the image out from globalBase up, and the stack behind it", async () => {
    const driver = await compile(
      `int table[100] = { 1 }; int zeroed[1000]; void NdisUse(int *);
       int DriverEntry(void *d, void *p) { int local[4]; NdisUse(local); return table[3] + zeroed[7]; }`,
      { globalBase: 0x20000, stackSize: 0x4000 },
    );
    const { globalBase, dataEnd, heapBase, initialPages } = driver.memory;
    expect(globalBase).toBe(0x20000);
    expect(dataEnd).toBe(globalBase + 4400);
    expect(heapBase).toBe(dataEnd + 0x4000);
    expect(initialPages).toBe(Math.ceil(heapBase / 65536));
    let local = 0;
    const host = new Host(driver, {
      NdisUse: (address) => {
        local = address;
        return 0;
      },
    });
    expect((host.exports.__stack_pointer as unknown as { value: number }).value).toBe(heapBase);
    expect(host.exports.DriverEntry!(0, 0)).toBe(0);
    expect(local).toBeLessThan(heapBase);
    expect(local).toBeGreaterThan(dataEnd);
    const words = new Int32Array(host.memory.buffer);
    expect(words[globalBase / 4]).toBe(1);
    expect(words.findIndex((word) => word !== 0) * 4).toBe(0x1000); // the site cell; nothing else below the image
  });

  it("has the data model of 32-bit Windows", async () => {
    await compile(`
      struct mixed { char c; long long wide; unsigned short a : 3; int b : 3; };
      _Static_assert(sizeof(void *) == 4 && sizeof(long) == 4 && sizeof(L'x') == 2, "ILP32, UTF-16");
      _Static_assert(sizeof(struct mixed) == 24 && _Alignof(long long) == 8, "Microsoft's layout");
      ${ENTRY}`);
  });

  it("gives the C library's memory functions, unless the driver has its own", async () => {
    const source = (own: string): string => `
      typedef __SIZE_TYPE__ size_t;
      void *memset(void *, int, size_t); void *memmove(void *, const void *, size_t);
      int memcmp(const void *, const void *, size_t); void *memcpy(void *, const void *, size_t);
      static unsigned char a[64], b[64];
      ${own}
      int DriverEntry(void *driver, void *path) {
        memset(a, 7, 64); memcpy(b, a, 63); memmove(b + 1, b, 40);
        return memcmp(a, b, 63) == 0 && memcmp(a, b, 64) > 0;
      }`;
    expect(new Host(await compile(source(""))).exports.DriverEntry!(0, 0)).toBe(1);
    const own = "int memcmp(const void *a, const void *b, size_t n) { return 0; }";
    expect(new Host(await compile(source(own))).exports.DriverEntry!(0, 0)).toBe(0);
  });

  it("compiles several sources with defines, their own headers and headers in any case", async () => {
    const driver = await compileDriver({
      sources: [{ path: "drv/a.c" }, { path: "drv/sub/b.c" }],
      files: memoryFiles([
        ["drv/a.c", '#include <NDIS.H>\n#include "Common.h"\nint DriverEntry(void *d, void *p) { return Helper(); }'],
        ["drv/sub/b.c", '#include "..\\COMMON.h"\n#include "common.h"\nint Helper(void) { return ANSWER + EXTRA; }'],
        ["drv/common.h", "#pragma once\ntypedef struct { int x; } ONCE;\nint Helper(void);\n#include <Inner/Deep.h>"],
        ["inc/inner/deep.h", "enum { EXTRA = 2 };"],
      ]),
      includeDirs: ["inc"],
      defines: ["ANSWER=40", "FLAG"],
      headers: new Map([["ndis.h", "#ifndef FLAG\n#error no flag\n#endif"]]),
    });
    expect(new Host(driver).exports.DriverEntry!(0, 0)).toBe(42);
  });

  it("reports progress", async () => {
    const said: string[] = [];
    await compile(ENTRY, { onProgress: (text) => said.push(text) });
    expect(said).toEqual(["compiling src/filter.c", "linking"]);
  });

  it("returns warnings as text, but none of the headers that come with it", async () => {
    const headers = new Map([["ndis.h", "static int *Odd(void) { unsigned *p = 0; return p; }"]]);
    expect((await compile(`#include <ndis.h>\n${ENTRY}`, { headers })).warnings).toBe("");
    const { warnings } = await compile(`int f(void) { int *p = "x"; return *p; }\n${ENTRY}`);
    expect(warnings).toMatch(/^src\/filter\.c:1:\d+: warning: /);
    expect(warnings).not.toContain("generated");
  });

  it("warns of a function that is called with another signature than it has", async () => {
    const { warnings } = await compileDriver({
      sources: [
        { path: "a.c", text: "int Odd(int, int);\nint DriverEntry(void *d, void *p) { return Odd(1, 2); }" },
        { path: "b.c", text: "int Odd(int a) { return a; }" },
      ],
    });
    expect(warnings).toContain("function signature mismatch: Odd");
    expect(warnings).toContain("defined as (i32, i32) -> i32 in a.c");
  });
});

describe("what is wrong with the C", () => {
  it("is told in clang's words, with the paths of the user and without warnings", async () => {
    const error = await failure('#include "broken.h"\nint f(void) { int *p = "x"; return 0; }\n', {
      files: memoryFiles([["src/broken.h", "\n  int f;;int g(3);\n"]]),
    });
    expect(error.code).toBe("compile-failed");
    expect(error.message).toBe("src/filter.c does not compile");
    expect(error.diagnostics).toMatch(/^In file included from src\/filter\.c:1:\nsrc\/broken\.h:2:16: error: /);
    expect(error.diagnostics).not.toContain("warning");
  });

  it("is collected from all sources", async () => {
    const bad = (path: string) => ({ path, text: "int x = ;" });
    const error = (await compileDriver({ sources: [bad("a.c"), bad("../b.c")] }).catch((e) => e)) as CompileError;
    expect(error.message).toBe("a.c, ../b.c do not compile");
    expect(error.diagnostics).toContain("a.c:1:9: error: expected expression");
    expect(error.diagnostics).toContain("../b.c:1:9: error: expected expression");
  });

  it("includes a header that is nowhere", async () => {
    const { diagnostics } = await failure(`#include "filter.tmh"\n${ENTRY}`);
    expect(diagnostics).toContain("src/filter.c:1:10: fatal error: 'filter.tmh' file not found");
  });

  it("includes calls of functions that nobody declared", async () => {
    const { diagnostics } = await failure("int DriverEntry(void *d, void *p) { return NdisNothing(1); }");
    expect(diagnostics).toContain("call to undeclared function 'NdisNothing'");
  });

  it("includes a missing DriverEntry", async () => {
    const error = await failure("int Other(void) { return 0; }");
    expect(error.code).toBe("no-driver-entry");
    expect(error.message).toMatch(/^no DriverEntry in src\/filter\.c: a driver starts at /);
    const driver = await compile("int Other(void) { return 0; }", { requireDriverEntry: false });
    expect(driver.hasDriverEntry).toBe(false);
  });

  it("includes a function that is defined twice", async () => {
    const twice = { path: "second.c", text: "int Twice(void) { return 2; }" };
    const first = { path: "first.c", text: `int Twice(void) { return 1; }\n${ENTRY}` };
    const error = (await compileDriver({ sources: [first, twice] }).catch((e) => e)) as CompileError;
    expect(error.code).toBe("link-failed");
    expect(error.diagnostics).toMatch(/duplicate symbol: Twice\s+>>> defined in first\.c\s+>>> defined in second\.c/);
  });

  it("does not include sources that are not there or not C", async () => {
    await expect(compileDriver({ sources: [] })).rejects.toMatchObject({ code: "bad-source" });
    await expect(compileDriver({ sources: [{ path: "a.cpp", text: "" }] })).rejects.toMatchObject({
      code: "bad-source",
    });
    const missing = compileDriver({ sources: [{ path: "drv/none.c" }] });
    await expect(missing).rejects.toMatchObject({ code: "source-not-found", message: "cannot read drv/none.c" });
  });
});

describe("a build cache", () => {
  const options = (header: string, cache: BuildCache): CompileOptions => ({
    sources: [{ path: "a.c", text: `#include "h.h"\n${ENTRY.replace("return 0", "return VALUE")}` }],
    files: memoryFiles([["h.h", header]]),
    cache,
  });
  const run = async (header: string, cache: BuildCache, more: Partial<CompileOptions> = {}): Promise<number> =>
    new Host(await compileDriver({ ...options(header, cache), ...more })).exports.DriverEntry!(0, 0);

  it("answers for the same input only", async () => {
    const cache = new MemoryCache();
    expect(await run("enum { VALUE = 1 };", cache)).toBe(1);
    expect(await run("enum { VALUE = 1 };", cache)).toBe(1);
    expect(cache.hits).toBe(1);
    expect(await run("enum { VALUE = 2 };", cache)).toBe(2); // a changed header
    await run("enum { VALUE = 2 };", cache, { optimize: 0 });
    await run("enum { VALUE = 2 };", cache, { defines: ["X"] });
    await run("enum { VALUE = 2 };", cache, { globalBase: 0x40000 });
    await run("enum { VALUE = 2 };", cache, { instrument: { loops: false } });
    expect(cache.hits).toBe(1);
    expect(cache.builds.size).toBe(6);
  });

  it("gives back all that was built", async () => {
    const cache = new MemoryCache();
    const built = await compileDriver(options("enum { VALUE = 3 };", cache));
    const stored = await compileDriver(options("enum { VALUE = 3 };", cache));
    expect(cache.hits).toBe(1);
    expect({ ...stored, symbols: stored.symbols.toJSON() }).toEqual({ ...built, symbols: built.symbols.toJSON() });
  });

  it("is not trusted: a damaged build is made again", async () => {
    const cache = new MemoryCache();
    await run("enum { VALUE = 4 };", cache);
    const [[hash, build]] = [...cache.builds] as [[string, Uint8Array]];
    for (const damage of [new Uint8Array(), build.slice(0, 100), build.map((b, i) => (i === 500 ? b ^ 1 : b))]) {
      cache.builds.set(hash, damage);
      expect(await run("enum { VALUE = 4 };", cache)).toBe(4);
      expect(cache.builds.get(hash)).toEqual(build);
    }
  });

  it("keeps a driver without DriverEntry an error", async () => {
    const cache = new MemoryCache();
    for (let round = 0; round < 2; round++) {
      expect(await failure("int x;", { cache })).toMatchObject({ code: "no-driver-entry" });
    }
    expect(cache.hits).toBe(1);
  });
});
