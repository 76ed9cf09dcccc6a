import { beforeAll, describe, expect, it } from "vitest";
import { compileDriver } from "./compile-driver.js";
import type { CompiledDriver } from "./compiled-driver.js";
import { framesOfStack, Symbols } from "./symbols.js";
import { brief, Host } from "./testing/host.js";

const HEADER = `
int NdisCall(int value);
void NdisNote(const char *text, ...);
static inline int TwiceInHeader(int value) {
  return NdisCall(value) * 2;
}
`;

const SOURCE = `#include <mini.h>
#define EXPORT(name) __attribute__((export_name(#name))) name
typedef int (*Callback)(int, int);

static int Innermost(int value) {
  return NdisCall(value + 1); // @innermost
}
static int Middle(int value) {
  int first = NdisCall(value); // @middle
  return first + Innermost(value); // @call innermost
}
int EXPORT(Sites)(int value) {
  int sum = NdisCall( // @first
    value
  );
  sum += NdisCall(1); sum += NdisCall(2); // @two
  sum += Middle(value); // @call middle
  sum += TwiceInHeader(value); // @call header
  return sum;
}
int EXPORT(Branches)(int value) {
  if (value) {
    NdisNote("x"); // @branch
    return NdisCall(7);
  } else {
    NdisNote("x");
    return NdisCall(7);
  }
}
__attribute__((noinline)) static int Fail(int kind, volatile int *where) {
  switch (kind) {
  case 0:
    __builtin_trap(); // @trap 0
  case 1:
    return 7 / *where; // @trap 1
  case 2:
    return *(volatile int *)0xfffffff0u; // @trap 2
  case 3:
    return ((int (*)(int))*(Callback *)where)(1); // @trap 3
  }
  return 0;
}
static int Add(int a, int b) { return a + b; }
static volatile Callback callback = Add;
static volatile int zero;
int EXPORT(Traps)(int kind) {
  return 1 +
    Fail(kind, kind == 3 ? (volatile int *)&callback : &zero); // @call fail
}
static inline void CopyBad(char *to, int n) {
  struct big { char bytes[4000]; } *from = (struct big *)0x10000, *target = (struct big *)to;
  if (n) *target = *from; // @copy
}
void EXPORT(Copies)(int n) {
  CopyBad((char *)0xfffff000u, n); // @call copy
}
unsigned EXPORT(Rounds)(unsigned n) {
  unsigned sum = 0;
  for (unsigned i = 0; i < n; i++)
    sum = sum * 31 + (sum >> 3) + i;
  return sum;
}
int EXPORT(Forever)(volatile int *flag) {
  NdisCall(1);
  while (1) {
    for (;;) { // @inner loop
      if (*flag)
        break;
    }
    if (*flag == 2) return 1;
  }
}
int DriverEntry(void *driver, void *path) {
  return NdisCall(0); // @entry
}
`;

/** The line that ends in `// @tag`. */
const line = (tag: string): number => SOURCE.split("\n").findIndex((text) => text.endsWith(`// @${tag}`)) + 1;

const driverOf = (optimize: 0 | 1): Promise<CompiledDriver> =>
  compileDriver({
    sources: [{ path: "drv/sample.c", text: SOURCE }],
    headers: new Map([["mini.h", HEADER]]),
    optimize,
  });

describe.each([1, 0] as const)("Symbols of a driver at -O%i", (optimize) => {
  let driver: CompiledDriver;
  let host: Host;
  beforeAll(async () => {
    driver = await driverOf(optimize);
    host = new Host(driver);
  });

  it("gives each call its line, whether over several lines, twice on one, or inlined", () => {
    host.calls.length = 0;
    host.exports.Sites!(5);
    const sites = host.calls.map((call) => call.site!);
    expect(brief(sites)).toEqual([
      `drv/sample.c:${line("first")} Sites`,
      `drv/sample.c:${line("two")} Sites`,
      `drv/sample.c:${line("two")} Sites`,
      `drv/sample.c:${line("middle")} Middle`,
      `drv/sample.c:${line("innermost")} Innermost`,
      "mini.h:5 TwiceInHeader",
    ]);
    expect(sites.map((site) => site.callee)).toEqual(Array(6).fill("NdisCall"));
    expect([sites[1]!.column, sites[2]!.column]).toEqual([10, 30]);
    if (optimize === 0) return;
    expect(brief(sites[4]!.inlinedAt)).toEqual([
      `drv/sample.c:${line("call innermost")} Middle`,
      `drv/sample.c:${line("call middle")} Sites`,
    ]);
    expect(brief(sites[5]!.inlinedAt)).toEqual([`drv/sample.c:${line("call header")} Sites`]);
  });

  it("keeps equal calls in two branches apart", () => {
    host.calls.length = 0;
    host.exports.Branches!(1);
    host.exports.Branches!(0);
    expect(host.calls.map((call) => call.site!.line)).toEqual([0, 1, 3, 4].map((n) => line("branch") + n));
  });

  it.each([
    [0, "unreachable"],
    [1, "divide by zero"],
    [2, "memory access out of bounds"],
    [3, "null function or function signature mismatch"],
  ])("names the line of trap %i (%s)", (kind, message) => {
    const stack = host.stackOf("Traps", kind);
    expect(stack).toContain(message);
    expect(brief(driver.symbols.framesOfStack(stack))).toEqual([
      `drv/sample.c:${line(`trap ${kind}`)} Fail`,
      `drv/sample.c:${line("call fail")} Traps`,
    ]);
  });

  it("names the C that made the compiler copy memory", () => {
    const frames = brief(driver.symbols.framesOfStack(host.stackOf("Copies", 1)));
    expect(frames).toEqual([`drv/sample.c:${line("copy")} CopyBad`, `drv/sample.c:${line("call copy")} Copies`]);
  });

  it("finds the C frames of an error made in an import", () => {
    let frames: string[] = [];
    const asking = new Host(driver, {
      NdisCall: () => {
        frames = brief(driver.symbols.framesOfStack(new Error("where").stack!));
        return 0;
      },
    });
    asking.exports.DriverEntry!(0, 0);
    expect(frames).toEqual([`drv/sample.c:${line("entry")} DriverEntry`]);
  });

  it("calls tick every 2^20 rounds, and the tick can end a loop that does not", () => {
    const ticking = new Host(driver);
    ticking.maxTicks = 5;
    expect(ticking.exports.Rounds!((1 << 20) - 2) >>> 0).toBeGreaterThan(0);
    expect(ticking.ticks).toBe(0);
    ticking.exports.Rounds!(3 << 20);
    expect(ticking.ticks).toBe(3);
    const started = performance.now();
    const frames = driver.symbols.framesOfStack(ticking.stackOf("Forever", 0x8000));
    expect(performance.now() - started).toBeLessThan(5000);
    expect(ticking.ticks).toBe(5);
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ file: "drv/sample.c", function: "Forever" });
    expect([line("inner loop"), line("inner loop") + 1]).toContain(frames[0]!.line);
  });

  it("computes the same with and without instrumentation", async () => {
    const plain = new Host(
      await compileDriver({
        sources: [{ path: "drv/sample.c", text: SOURCE }],
        headers: new Map([["mini.h", HEADER]]),
        optimize,
        instrument: { callSites: false, loops: false },
      }),
    );
    host.ticks = -100;
    for (const n of [0, 1, 2, 1000, (1 << 21) + 3]) expect(host.exports.Rounds!(n)).toBe(plain.exports.Rounds!(n));
    plain.exports.DriverEntry!(0, 0);
    expect(plain.calls[0]!.site).toBeNull();
  });

  it("survives storage as JSON", () => {
    const copy = new Symbols(JSON.parse(JSON.stringify(driver.symbols)));
    expect(copy.siteCount).toBe(driver.symbols.siteCount);
    for (let id = 0; id <= copy.siteCount + 1; id++) expect(copy.site(id)).toEqual(driver.symbols.site(id));
    for (let at = 0; at < driver.wasm.length; at++) expect(copy.lookup(at)).toEqual(driver.symbols.lookup(at));
  });

  it("knows nothing outside of the driver's code", () => {
    expect(driver.symbols.lookup(0)).toBeNull();
    expect(driver.symbols.lookup(driver.wasm.length)).toBeNull();
    expect(driver.symbols.site(0)).toBeNull();
    expect(driver.symbols.site(driver.symbols.siteCount + 1)).toBeNull();
  });
});

it("tells the frames of two drivers on one stack apart", async () => {
  const source = (call: string): string =>
    `int ${call}(int);\n\nint DriverEntry(int a, int b) {\n  return ${call}(a);\n}\n`;
  const compile = (text: string) => compileDriver({ sources: [{ path: "same/driver.c", text }] });
  const [upper, lower] = [await compile(source("NdisDown")), await compile(`\n${source("NdisStop")}`)];
  let stack = "";
  const below = new Host(lower, {
    NdisStop: () => {
      stack = new Error("here").stack!;
      return 0;
    },
  });
  new Host(upper, { NdisDown: () => below.exports.DriverEntry!(1, 2) }).exports.DriverEntry!(1, 2);
  expect(framesOfStack(stack, [upper.symbols, lower.symbols]).map((frame) => frame.line)).toEqual([5, 4]);
  expect(lower.symbols.framesOfStack(stack).map((frame) => frame.line)).toEqual([5]);
});
