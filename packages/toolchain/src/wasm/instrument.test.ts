import { describe, expect, it } from "vitest";
import { ToolchainError } from "../errors.js";
import { instantiate, Wasm } from "../testing/wasm-api.js";
import { ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";
import { readFunctionBodies } from "./function-body.js";
import { InstructionReader } from "./instruction-reader.js";
import { instrumentModule } from "./instrument.js";
import { readModule } from "./module.js";

type Bytes = readonly number[];

const I32 = 0x7f;
const VOID = 0x40;

/** One function of a hand-made module: index of its type, groups of locals, instructions without the last `end`. */
interface Func {
  readonly type: number;
  readonly locals?: readonly (readonly [count: number, type: number])[];
  readonly code: Bytes;
  readonly export?: string;
}

/** Types that all hand-made modules have; functions 0 and 1 are imports of type 0. */
const TYPES: readonly (readonly [params: Bytes, results: Bytes])[] = [
  [[], []],
  [[I32], [I32]],
  [[I32, I32], [I32]],
  [
    [I32, I32],
    [I32, I32],
  ],
];
const [NO_TYPE, UNARY, BINARY, SWAP] = [0, 1, 2, 3];

/** A module of two imports, then `__ndislab_tick`, which is function 2, then `functions` from 3 on. */
function makeModule(functions: readonly Func[], extra: readonly (readonly [id: number, contents: Bytes])[] = []) {
  const tick: Func = { type: NO_TYPE, code: [0x10, 1], export: "__ndislab_tick" };
  const all = [tick, ...functions];
  const out = new ByteWriter();
  const section = (id: number, write: (out: ByteWriter) => void): void => {
    const contents = new ByteWriter();
    write(contents);
    out.u8(id);
    out.uleb(contents.length);
    out.append(contents.bytes);
  };
  const vector = <T>(items: readonly T[], write: (out: ByteWriter, item: T, index: number) => void) => {
    return (contents: ByteWriter): void => {
      contents.uleb(items.length);
      for (const [index, item] of items.entries()) write(contents, item, index);
    };
  };
  out.append(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  section(
    1,
    vector(TYPES, (o, [params, results]) => {
      o.append(new Uint8Array([0x60, params.length, ...params, results.length, ...results]));
    }),
  );
  section(
    2,
    vector(["NdisCall", "ndislab_tick"], (o, name) => {
      o.name("env");
      o.name(name);
      o.append(new Uint8Array([0, NO_TYPE]));
    }),
  );
  section(
    3,
    vector(all, (o, func) => o.uleb(func.type)),
  );
  section(
    4,
    vector([0], (o) => o.append(new Uint8Array([0x70, 0, 4]))),
  );
  section(
    5,
    vector([0], (o) => o.append(new Uint8Array([0, 1]))),
  );
  section(
    13,
    vector([0], (o) => o.append(new Uint8Array([0, NO_TYPE]))),
  );
  const names = all.map((func, index) => ({ name: func.export ?? `f${index}`, index: index + 2 }));
  section(
    7,
    vector(names, (o, { name, index }) => {
      o.name(name);
      o.u8(0);
      o.uleb(index);
    }),
  );
  section(
    9,
    vector([0], (o) => o.append(new Uint8Array([3, 0, 1, 3]))),
  ); // declares function 3 for ref.func
  section(12, (o) => o.uleb(0));
  section(
    10,
    vector(all, (o, { locals = [], code }) => {
      const body = new ByteWriter();
      body.uleb(locals.length);
      for (const [count, type] of locals) body.append(new Uint8Array([count, type]));
      body.append(new Uint8Array([...code, 0x0b]));
      o.uleb(body.length);
      o.append(body.bytes);
    }),
  );
  for (const [id, contents] of extra) section(id, (o) => o.append(new Uint8Array(contents)));
  return readModule(out.bytes.slice());
}

/** Instruments a module, which must stay valid. */
function instrument(functions: readonly Func[], extra?: Parameters<typeof makeModule>[1]) {
  const module = makeModule(functions, extra);
  expect(Wasm.validate(module.bytes)).toBe(true);
  const result = instrumentModule(module, { callSites: true, loops: true, siteCell: 0x1000 });
  expect(Wasm.validate(result.wasm)).toBe(true);
  return { module, ...result };
}

/** Instantiates an instrumented module that counts calls and ticks; its exports. */
function run(functions: readonly Func[], maxTicks = Number.POSITIVE_INFINITY) {
  const { wasm } = instrument(functions);
  const seen = { calls: 0, ticks: 0 };
  const env = {
    NdisCall: () => seen.calls++,
    ndislab_tick: () => {
      if (++seen.ticks >= maxTicks) throw new Error("time is up");
    },
  };
  return { seen, exports: instantiate(wasm, env) as Record<string, (...args: number[]) => number> };
}

const localGet = (index: number): number[] => [0x20, index];
const localSet = (index: number): number[] => [0x21, index];
const i32Const = (value: number): number[] => {
  const out = new ByteWriter();
  out.sleb(value);
  return [0x41, ...out.bytes];
};

describe("the instruction reader", () => {
  const bodies: Record<string, Bytes> = {
    "MVP constants and memory": [
      ...[0x41, 0xff, 0xff, 0xff, 0xff, 0x07, 0x1a], // i32.const 2^31 - 1
      ...[0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f, 0x1a], // i64.const -2^63
      ...[0x43, 0, 0, 0, 0x0b, 0x1a, 0x44, 0x0b, 0, 0, 0, 0, 0, 0, 0x0b, 0x1a], // constants that look like end
      ...[0x41, 0, 0x28, 2, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x1a, 0x41, 0, 0x41, 0, 0x36, 2, 0x80, 0x01],
      ...[0x3f, 0, 0x1a, 0x41, 0, 0x40, 0, 0x1a],
    ],
    "sign extension and saturating conversion": [0x41, 0, 0xc0, 0x1a, 0x43, 0, 0, 0, 0, 0xfc, 0, 0x1a],
    "bulk memory": [
      ...[0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 10, 0, 0, 0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 11, 0],
      ...[0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 14, 0, 0, 0xfc, 13, 0],
      ...[0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 12, 0, 0],
    ],
    "reference types": [
      ...[0xd0, 0x70, 0xd1, 0x1a, 0xd2, 3, 0x1a, 0x41, 0, 0x25, 0, 0x1a, 0x41, 0, 0xd0, 0x70, 0x26, 0],
      ...[0xd0, 0x70, 0x41, 0, 0xfc, 15, 0, 0x1a, 0xfc, 16, 0, 0x1a, 0x41, 0, 0xd0, 0x70, 0x41, 0, 0xfc, 17, 0],
      ...[0xd0, 0x70, 0xd0, 0x70, 0x41, 0, 0x1c, 1, 0x70, 0x1a],
    ],
    "multi-value blocks and indirect calls": [
      ...[0x41, 1, 0x41, 2, 0x02, SWAP, 0x0b, 0x1a, 0x1a],
      ...[0x41, 1, 0x41, 2, 0x41, 0, 0x04, SWAP, 0x05, 0x0b, 0x1a, 0x1a],
      ...[0x41, 0, 0x11, NO_TYPE, 0],
    ],
    "tail calls": [0x41, 0, 0x04, VOID, 0x12, 0, 0x0b, 0x41, 0, 0x13, NO_TYPE, 0],
    "branch tables": [0x02, VOID, 0x02, VOID, 0x41, 0, 0x0e, 2, 0, 1, 2, 0x0b, 0x0b],
    SIMD: [
      ...[0xfd, 12, ...Array(16).fill(0x0b), 0xfd, 21, 15, 0x1a], // v128.const, i8x16.extract_lane_s
      ...[0x41, 0, 0xfd, 0, 0, 0, 0x41, 0, 0xfd, 0, 4, 0x80, 0x01, 0xfd, 13, ...Array(16).fill(31), 0x1a],
      ...[0x41, 0, 0x41, 0, 0xfd, 0, 0, 0, 0xfd, 88, 0, 0, 15], // v128.store8_lane
      ...[0x41, 0, 0xfd, 92, 2, 0, 0xfd, 0x80, 1, 0x1a], // v128.load32_zero, i16x8.abs
    ],
    atomics: [0x41, 0, 0x41, 0, 0xfe, 0, 2, 0, 0x1a, 0xfe, 3, 0, 0x41, 0, 0x41, 0, 0xfe, 0x1e, 2, 0, 0x1a],
    "exceptions, first form": [
      ...[0x06, VOID, 0x06, VOID, 0x08, 0, 0x07, 0, 0x09, 0, 0x19, 0x0b, 0x18, 0],
      ...[0x06, VOID, 0x07, 0, 0x0b],
    ],
  };

  it.each(Object.entries(bodies))("steps over %s", (_, code) => {
    instrument([{ type: NO_TYPE, code: [...code, 0x10, 0] }]);
  });

  it("steps over try_table and throw_ref", () => {
    const code = [0x02, VOID, 0x1f, VOID, 2, 0, 0, 0, 2, 1, 0x0b, 0x0b, 0x0a, 0x0b];
    const reader = new InstructionReader(new ByteReader(new Uint8Array(code)));
    const depths: number[] = [];
    while (reader.next()) depths.push(...reader.labels.map((label) => label.depth));
    expect(depths).toEqual([0, 1]);
  });

  it.each([
    ["0x27", [0x27]],
    ["0xfc 18", [0xfc, 18]],
    ["0xfd 276", [0xfd, 0x94, 0x02]],
    ["0xfe 79", [0xfe, 0x4f]],
    ["0xff", [0xff]],
  ])("refuses the unknown instruction %s", (name, code) => {
    const module = makeModule([{ type: NO_TYPE, code }]);
    const act = () => instrumentModule(module, { callSites: true, loops: true, siteCell: 0x1000 });
    expect(act).toThrow(`instruction ${name} is not known at byte 0x`);
    expect(act).toThrow(ToolchainError);
  });

  it.each([
    ["a block without end", [0x02, VOID]],
    ["an end too many", [0x0b]],
  ])("refuses %s", (_, code) => {
    const module = makeModule([{ type: NO_TYPE, code }]);
    expect(() => instrumentModule(module, { callSites: true, loops: false, siteCell: 0 })).toThrow("do not match");
  });

  it("refuses what is no module, or ends early", () => {
    expect(() => readModule(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]))).toThrow("not a WebAssembly module");
    const { bytes } = makeModule([]);
    expect(() => readModule(bytes.subarray(0, bytes.length - 1))).toThrow("ends too early");
  });
});

describe("loops", () => {
  /** Adds up 1 … n in a loop; the counter is local 0, the sum local 1. */
  const sum: Func = {
    type: UNARY,
    locals: [
      [2, I32],
      [1, 0x7e],
    ],
    code: [
      ...[0x02, VOID, 0x03, VOID, ...localGet(0), 0x45, 0x0d, 1],
      ...[...localGet(0), ...localGet(1), 0x6a, ...localSet(1), ...localGet(0), ...i32Const(-1), 0x6a, ...localSet(0)],
      ...[0x0c, 0, 0x0b, 0x0b, ...localGet(1)],
    ],
    export: "sum",
  };

  it("tick every 2^20 rounds and compute what they did", () => {
    const { exports, seen } = run([sum]);
    expect(exports.sum!(1000)).toBe(500500);
    expect(seen.ticks).toBe(0);
    expect(exports.sum!(3 << 20) >>> 0).toBe(((3 << 19) * ((3 << 20) + 1)) % 2 ** 32);
    expect(seen.ticks).toBe(3);
  });

  it("that never end, end when the tick throws", () => {
    const { exports, seen } = run([{ type: NO_TYPE, code: [0x03, VOID, 0x0c, 0, 0x0b], export: "forever" }], 4);
    expect(() => exports.forever!()).toThrow("time is up");
    expect(seen.ticks).toBe(4);
  });

  it("with a result keep it", () => {
    const code = [0x03, I32, ...i32Const(-300), 0x0b, ...localGet(0), 0x6a];
    expect(run([{ type: UNARY, code, export: "f" }]).exports.f!(1000)).toBe(700);
  });

  it("with parameters tick inside", () => {
    // loop (n, sum): sum += n; n--; repeat with both while n != 0
    const code = [
      ...[...localGet(0), ...i32Const(0), 0x03, SWAP, ...localSet(1), ...localSet(0)],
      ...[...localGet(0), ...i32Const(-1), 0x6a, ...localGet(1), ...localGet(0), 0x6a],
      ...[...localGet(0), ...i32Const(1), 0x47, 0x0d, 0, 0x0b, ...localSet(1), 0x1a, ...localGet(1)],
    ];
    const { exports, seen } = run([{ type: BINARY, code, export: "f" }]);
    expect(exports.f!(100, 0)).toBe(5050);
    exports.f!(2 << 20, 0);
    expect(seen.ticks).toBe(2);
  });

  it("keep the targets of branches that leave several of them", () => {
    const add = (amount: number): number[] => [...localGet(1), ...i32Const(amount), 0x6a, ...localSet(1)];
    // block { loop { block { loop { block { br_table on the argument, which is 0 the next time } … } … } … } … }
    const code = [
      ...[0x02, VOID, 0x03, VOID, 0x02, VOID, 0x03, VOID, ...add(1), 0x02, VOID],
      ...[...localGet(0), ...i32Const(0), ...localSet(0), 0x0e, 4, 0, 1, 2, 3, 4],
      ...[0x0b, ...add(10), 0x0b, ...add(100), 0x0b, ...add(1000), 0x0b, ...add(10000), 0x0b, ...localGet(1)],
    ];
    const { exports } = run([{ type: UNARY, locals: [[1, I32]], code, export: "f" }]);
    expect([0, 1, 2, 3, 4].map((way) => exports.f!(way))).toEqual([11111, 11112, 11001, 11112, 1]);
  });
});

describe("call sites", () => {
  it("are the direct calls of imports but the tick, numbered from 1", () => {
    const calls: Func = { type: NO_TYPE, code: [0x10, 0, 0x10, 1, 0x10, 2, 0x12, 0], export: "calls" };
    const { sites, wasm } = instrument([calls, { type: NO_TYPE, code: [0x10, 3] }]);
    expect(sites.map((site) => site.callee)).toEqual(["NdisCall", "NdisCall"]);
    const code = [...wasm].join();
    for (const id of [1, 2]) expect(code).toContain([0x41, 0, 0x41, id, 0x36, 2, 0x80, 0x20].join());
  });

  it("are numbered in as many bytes as it takes", () => {
    const many = Array(200).fill([0x10, 0]).flat();
    expect(instrument([{ type: NO_TYPE, code: many }]).sites).toHaveLength(200);
  });
});

describe("positions", () => {
  it("of all instructions are found again where their bytes went", () => {
    const loop = [0x03, VOID, 0x10, 0, ...localGet(0), 0x0d, 0, 0x0b];
    const code = [0x02, VOID, ...loop, ...i32Const(5), 0x1a, 0x03, VOID, ...loop, ...localGet(0), 0x0d, 1, 0x0b, 0x0b];
    const { module, offsets, wasm } = instrument([
      { type: UNARY, code: [...code, ...localGet(0)] },
      { type: NO_TYPE, code: [0x10, 0] },
    ]);
    const moved = readModule(wasm);
    const [before, after] = [readFunctionBodies(module), readFunctionBodies(moved)];
    for (const [i, body] of before.entries()) {
      expect(offsets.moved(body.locals)).toBe(after[i]!.locals);
      expect(offsets.moved(body.end)).toBe(after[i]!.end);
      const reader = new InstructionReader(new ByteReader(module.bytes, body.code, body.end));
      const walker = new InstructionReader(new ByteReader(wasm, after[i]!.code, after[i]!.end));
      const starts = new Set<number>();
      while (walker.next()) starts.add(walker.offset);
      let last = 0;
      while (reader.next()) {
        const position = offsets.moved(reader.offset);
        expect(starts).toContain(position);
        expect(position).toBeGreaterThan(last);
        const inserted = reader.opcode === 0x10 || reader.opcode === 0x03 || wasm[position] === 0x20;
        if (!inserted) expect(wasm[position]).toBe(reader.opcode);
        last = position;
      }
    }
    expect(offsets.insertions).toHaveLength(3);
    for (const { start, end } of offsets.insertions) {
      expect([...wasm.subarray(start, end)]).toEqual([0x0c, 2, 0x0b, 0x10, 2, 0x0c, 0, 0x0b, 0x00, 0x0b]);
    }
  });
});

it("drops custom sections but the names of functions", () => {
  const named = (name: string, ...rest: number[]) => [name.length, ...new TextEncoder().encode(name), ...rest];
  const names = named("name", 1, 4, 1, 3, 1, 0x66);
  const { wasm } = instrument(
    [{ type: NO_TYPE, code: [] }],
    [
      [0, names],
      [0, named(".debug_line", 1, 2, 3)],
      [0, named("producers", 0)],
    ],
  );
  const module = readModule(wasm);
  expect(module.sections.filter((section) => section.id === 0).map((section) => section.name)).toEqual(["name"]);
  expect(module.functionNames.get(3)).toBe("f");
});
