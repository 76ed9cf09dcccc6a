import { beforeEach, describe, expect, it } from "vitest";
import { LOOKASIDE_LIST_EX, NPAGED_LOOKASIDE_LIST } from "../layout/lookaside.js";
import { LOOKASIDE_STATE } from "../layout/lookaside-state.js";
import { NTSTATUS } from "../layout/status.js";
import { Memory } from "../memory/memory.js";
import { NonpagedPool } from "../memory/nonpaged-pool.js";
import { Callbacks } from "./callbacks.js";
import { ExceptionFault } from "./driver-fault.js";
import { LookasideLists, MOST_KEPT } from "./lookaside.js";
import { PoolMemory } from "./pool-memory.js";

const LIST = 0x2000;
const TAG = 0x1234_5678;

let nonpaged: NonpagedPool;
let memory: Memory;
let callbacks: Callbacks;
let lists: LookasideLists;
let calls: unknown[][];

beforeEach(() => {
  memory = new Memory(1 << 18);
  memory.u8.fill(0xaa, LIST, LIST + 256);
  nonpaged = new NonpagedPool(memory, 0x10000);
  callbacks = new Callbacks();
  lists = new LookasideLists(memory, nonpaged, new PoolMemory(memory, nonpaged), callbacks);
  calls = [];
});

/** Functions of a driver that keep a record of what they are called with. */
const functions = (): [number, number] => [
  callbacks.register((...args) => {
    calls.push(["allocate", ...args]);
    return nonpaged.allocate(args[1], args[2], "driver");
  }),
  callbacks.register((...args) => {
    calls.push(["free", ...args]);
    nonpaged.free(args[0]);
    return 0;
  }),
];

it("a list's state fits into every list, and nothing behind it is touched", () => {
  expect(LOOKASIDE_STATE.size).toBeLessThanOrEqual(Math.min(LOOKASIDE_LIST_EX.size, NPAGED_LOOKASIDE_LIST.size));
  lists.initializeEx(LIST, 0, 0, 512, 0, 32, TAG);
  expect(memory.u32[(LIST + LOOKASIDE_LIST_EX.size) >>> 2]).toBe(0xaaaa_aaaa);
});

describe("without functions", () => {
  beforeEach(() => lists.initialize(LIST, 0, 0, 512, 40, TAG));

  it("entries come from the pool with the list's size and tag", () => {
    const entry = lists.allocate(LIST);
    expect(nonpaged.find(entry)).toMatchObject({ size: 40, tag: TAG, purpose: "driver", live: true });
  });

  it("what is given back is given out again, last in, first out", () => {
    const [a, b] = [lists.allocate(LIST), lists.allocate(LIST)];
    lists.free(LIST, a);
    lists.free(LIST, b);
    expect([lists.allocate(LIST), lists.allocate(LIST)]).toEqual([b, a]);
  });

  it("so many are kept and no more", () => {
    const entries = Array.from({ length: MOST_KEPT + 2 }, () => lists.allocate(LIST));
    expect(lists.outstanding(LIST)).toBe(MOST_KEPT + 2);
    for (const entry of entries) lists.free(LIST, entry);
    expect([nonpaged.liveBlocks, lists.outstanding(LIST)]).toEqual([MOST_KEPT, 0]);
    expect(entries.map((entry) => nonpaged.find(entry)?.live)).toEqual(entries.map((_, i) => i < MOST_KEPT));
    lists.flush(LIST);
    expect(nonpaged.liveBlocks).toBe(0);
    expect(nonpaged.find(lists.allocate(LIST))?.live).toBe(true);
  });

  it("an entry that is given out makes room for another", () => {
    const entry = lists.allocate(LIST);
    for (let round = 0; round < MOST_KEPT + 2; round++) {
      lists.free(LIST, entry);
      expect(lists.allocate(LIST)).toBe(entry);
    }
    lists.free(LIST, entry);
    expect(nonpaged.liveBlocks).toBe(1);
  });

  it("an entry always has room for the link", () => {
    lists.initialize(LIST, 0, 0, 512, 1, TAG);
    expect(nonpaged.find(lists.allocate(LIST))?.size).toBe(4);
  });

  it("0 when memory is short, and a list of what raises raises", () => {
    nonpaged.fault = () => true;
    expect([lists.allocate(LIST), lists.outstanding(LIST)]).toEqual([0, 0]);
    lists.initialize(LIST, 0, 0, 512 | 16, 40, TAG);
    expect(() => lists.allocate(LIST)).toThrow(ExceptionFault);
  });
});

describe("with functions", () => {
  it("they are called when none is kept and when too many are", () => {
    lists.initialize(LIST, ...functions(), 512, 40, TAG);
    const entries = Array.from({ length: MOST_KEPT + 1 }, () => lists.allocate(LIST));
    expect(calls).toEqual(entries.map(() => ["allocate", 512, 40, TAG]));
    calls = [];
    for (const entry of entries) lists.free(LIST, entry);
    expect(calls).toEqual([["free", entries[MOST_KEPT]]]);
    calls = [];
    lists.flush(LIST);
    expect(calls).toEqual(
      entries
        .slice(0, MOST_KEPT)
        .reverse()
        .map((entry) => ["free", entry]),
    );
  });

  it.each([
    [0, 0],
    [1, 16],
    [2, 8],
  ])("those of a LOOKASIDE_LIST_EX get the list too, and what Flags %i ask for", (flags, added) => {
    expect(lists.initializeEx(LIST, ...functions(), 512, flags, 40, TAG)).toBe(0);
    const entry = lists.allocate(LIST);
    lists.free(LIST, entry);
    lists.flush(LIST);
    expect(calls).toEqual([
      ["allocate", 512 | added, 40, TAG, LIST],
      ["free", entry, LIST],
    ]);
  });

  it("an allocation that gives NULL counts for nothing", () => {
    const [, free] = functions();
    lists.initialize(
      LIST,
      callbacks.register(() => 0),
      free,
      512,
      40,
      TAG,
    );
    expect([lists.allocate(LIST), lists.outstanding(LIST)]).toEqual([0, 0]);
  });
});

it("a LOOKASIDE_LIST_EX is refused pool types and flags that there are not, and is not touched then", () => {
  const tries: [number, number, number][] = [
    [3, 0, NTSTATUS.STATUS_INVALID_PARAMETER_4],
    [7, 0, NTSTATUS.STATUS_INVALID_PARAMETER_4],
    [0x1000, 0, NTSTATUS.STATUS_INVALID_PARAMETER_4],
    [512, 3, NTSTATUS.STATUS_INVALID_PARAMETER_5],
    [512, 4, NTSTATUS.STATUS_INVALID_PARAMETER_5],
  ];
  for (const [type, flags, status] of tries) {
    expect(lists.initializeEx(LIST, 0, 0, type, flags, 40, TAG)).toBe(status);
    expect(memory.u32[LIST >>> 2]).toBe(0xaaaa_aaaa);
  }
  for (const type of [0, 1, 2, 4, 5, 512, 516]) expect(lists.initializeEx(LIST, 0, 0, type, 0, 40, TAG)).toBe(0);
});
