import { type CompiledDriver, compileDriver, driverHeaders } from "@ndislab/toolchain";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ENTRIES } from "../ddi/table.js";
import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { POOL } from "../layout/pool.js";
import { IMAGE_BASE } from "../memory/memory.js";
import { Draw } from "../models/draw.js";
import { STACK } from "../testing/lab.js";
import { COPY_CASES } from "../testing/twin-copy-cases.js";
import { DATA_CASES } from "../testing/twin-data-cases.js";
import { TwinLife } from "../testing/twin-life.js";
import { LIST_CASES, POOLS_WITHOUT_CONTEXT } from "../testing/twin-list-cases.js";
import { type Case, TwinWorld } from "../testing/twin-world.js";
import { Twins } from "../testing/twins.js";
import type { RuleId } from "../verifier/rule.js";
import { DriverDeadError } from "./driver-errors.js";
import { DriverSession, type SessionOptions } from "./driver-session.js";

const CASES = [...LIST_CASES, ...DATA_CASES, COPY_CASES];

/** Makes the call on twins, which compare everything; it is handed over or not, once and with its arguments. */
function live([, makeCall]: Case, isHandedOver: boolean): void {
  const world = new TwinWorld();
  const call = makeCall(world);
  world.twins.forget();
  world.twins.call(...call);
  expect(world.twins.handedOver).toEqual(isHandedOver ? [call] : []);
}

describe.each(CASES)("$name in native code is that in TypeScript", ({ plain, handedOver }) => {
  it.each(plain)("alone: %s", (...row) => live(row, false));
  it.each(handedOver)("handed over: %s", (...row) => live(row, true));
});

it("random lives in native code are those in TypeScript", () => {
  const numbers = fc.array(fc.nat(0xff_ffff), { minLength: 12, maxLength: 12 });
  const steps = fc.array(numbers, { maxLength: 200, size: "max" });
  fc.assert(
    fc.property(steps, fc.boolean(), (drawn, keeps) => {
      const life = new TwinLife(keeps);
      for (const step of drawn) life.step(new Draw(step));
    }),
    { numRuns: 150, interruptAfterTimeLimit: 30_000 },
  );
});

it("every function of NDIS that is in native code is called here", () => {
  const names = Object.keys(new Twins().exports).filter((name) => name in ENTRIES);
  expect(names.sort()).toEqual(CASES.map(({ name }) => name).sort());
});

describe("takeLists", () => {
  const OUTS = STACK + 0x200;
  const SOURCE = 0x1234_5678;

  it.each(POOLS_WITHOUT_CONTEXT)("is so many allocations with a SourceHandle each, of a pool: %s", (shape) => {
    const FREE = 5;
    for (let count = 0; count <= FREE + 2; count++) {
      const world = new TwinWorld();
      const { twins } = world;
      world.stock(shape, FREE);
      const pool = world.pool(shape);
      const taken = twins.both(`takeLists(${count})`, (twin) => {
        if (twin === twins.native) return twins.exports.takeLists(pool, SOURCE, OUTS, count);
        const { u32 } = twin.machine.memory;
        let at = 0;
        for (; at < count && u32[(pool + POOL.offset.FreeList) >>> 2] !== 0; at++) {
          const list = twin.ddi.NdisAllocateNetBufferList(pool, 0, 0);
          u32[(list + NET_BUFFER_LIST.offset.SourceHandle) >>> 2] = SOURCE;
          u32[(OUTS >>> 2) + at] = list;
        }
        return at;
      });
      expect(taken).toBe(Math.min(count, FREE));
      expect(twins.u32(pool + POOL.offset.FreeList) === 0).toBe(count >= FREE);
      world.list(shape);
    }
  });

  it("takes nothing of a pool none of whose lists was freed yet", () => {
    const world = new TwinWorld();
    const pool = world.pool("data");
    expect(world.twins.exports.takeLists(pool, SOURCE, OUTS, 3)).toBe(0);
    expect(world.twins.u32(OUTS)).toBe(0);
  });
});

it.each([0, 1, 60, 64, 65, 1514, 5000])("fillList puts a frame of %i bytes into a list, mapped or not", (length) => {
  const world = new TwinWorld();
  const { twins } = world;
  const frame = twins.block(length + 3) + 3;
  for (const isMapped of [true, false]) {
    const list = world.list("pages");
    const netBuffer = world.onList(list);
    const [mdl] = world.mdls(netBuffer);
    const bytes = twins.u32(mdl + MDL.offset.MappedSystemVa);
    if (!isMapped) world.unmap(mdl);
    twins.both(`fillList(${length})`, (twin) => {
      if (twin === twins.native) return twins.exports.fillList(list, frame, length);
      twin.machine.memory.u32[(netBuffer + NET_BUFFER.offset.DataLength) >>> 2] = length;
      twin.machine.memory.u8.copyWithin(bytes, frame, frame + length);
    });
  }
});

describe("giveLists", () => {
  /** Frees a chain, what native code leaves by TypeScript; which lists of it those were. */
  function give(world: TwinWorld, lists: readonly number[]): number[] {
    const { twins } = world;
    const left: number[] = [];
    for (const [i, list] of lists.entries()) twins.set(list, lists[i + 1] ?? 0);
    twins.both("giveLists", (twin) => {
      const { u32 } = twin.machine.memory;
      if (twin === twins.native) {
        for (let list = twins.exports.giveLists(lists[0] ?? 0); list !== 0; ) {
          left.push(list);
          const next = u32[list >>> 2];
          twin.machine.netBufferLists.free(list);
          list = twins.exports.giveLists(next);
        }
      } else for (const list of lists) twin.machine.netBufferLists.free(list);
    });
    return left.map((list) => lists.indexOf(list));
  }

  it("is so many frees", () => {
    const world = new TwinWorld();
    expect(give(world, [])).toEqual([]);
    expect(give(world, [world.list("data")])).toEqual([]);
    const lists = POOLS_WITHOUT_CONTEXT.flatMap((shape) => [world.list(shape), world.list(shape)]);
    expect(give(world, lists)).toEqual([]);
  });

  it("ends at NULL, whatever lies there", () => {
    const world = new TwinWorld();
    world.copied(world.list("bare"), 0, NET_BUFFER_LIST.size);
    expect(give(world, [])).toEqual([]);
    expect(give(world, [world.list("bare")])).toEqual([]);
  });

  it("stops at each of which more is to be done", () => {
    const world = new TwinWorld();
    const withContext = world.twins.call("NdisAllocateNetBufferList", world.pool("data"), 32, 0);
    const lists = [
      world.list("bare"),
      withContext,
      world.list("keepsData"),
      world.list("data"),
      world.list("keepsBare"),
    ];
    expect(give(world, lists)).toEqual([1, 2, 4]);
    expect(give(world, [world.list("data"), ...world.stock("protocol", 1)])).toEqual([1]);
  });
});

describe("framesOf", () => {
  const OUT_ROWS = STACK + 0x200;

  /** Lists of these NET_BUFFERs, linked: what is said of their frames, each with its number in the place of its address. */
  function frames(world: TwinWorld, netBuffers: readonly number[], most = 16): number[][] {
    const { twins } = world;
    const lists = netBuffers.map((netBuffer) => {
      const list = world.list("bare");
      twins.set(list + NET_BUFFER_LIST.offset.FirstNetBuffer, netBuffer);
      return list;
    });
    for (const [i, list] of lists.entries()) twins.set(list, lists[i + 1] ?? 0);
    const poison = (): void => {
      for (let at = 0; at < 256; at += 4) twins.set(OUT_ROWS + at, 0xaaaa_aaaa);
    };
    poison();
    const count = twins.exports.framesOf(lists[0] ?? 0, OUT_ROWS, most);
    const row = (i: number): number[] => [0, 4, 8].map((word) => twins.u32(OUT_ROWS + 12 * i + word));
    expect(row(count)).toEqual([0xaaaa_aaaa, 0xaaaa_aaaa, 0xaaaa_aaaa]);
    const rows = Array.from({ length: count }, (_, i) => {
      const [list, ...place] = row(i);
      return [lists.indexOf(list), ...place];
    });
    poison(); // the other twin has nothing there
    return rows;
  }

  /** Where the first MDL of a NET_BUFFER has its bytes. */
  const bytes = (world: TwinWorld, netBuffer: number): number =>
    world.twins.u32(world.mdls(netBuffer)[0] + MDL.offset.StartVa) +
    world.twins.u32(world.mdls(netBuffer)[0] + MDL.offset.ByteOffset);

  it("says where the data of each list are, as many as are asked for", () => {
    const world = new TwinWorld();
    expect(frames(world, [])).toEqual([]);
    const whole = [world.netBuffer([100], 10, 90), world.netBuffer([60, 40], 0, 60), world.netBuffer([20], 20, 0)];
    world.unmap(world.mdls(whole[0])[0]);
    const [a, b, c] = whole.map((netBuffer) => bytes(world, netBuffer));
    const rows = [
      [0, a + 10, 90],
      [1, b, 60],
      [2, c + 20, 0],
    ];
    for (let most = 0; most <= 4; most++) expect(frames(world, whole, most)).toEqual(rows.slice(0, most));
  });

  it.each<[what: string, make: (world: TwinWorld) => number]>([
    ["no NET_BUFFER", () => 0],
    ["no NET_BUFFER, and one at NULL", (world) => world.copied(world.netBuffer([10], 0, 10), 0, NET_BUFFER.size)],
    ["several", (world) => world.netBuffer([10], 0, 10, { Next: world.netBuffer([10], 0, 10) })],
    ["one that is not aligned", (world) => world.netBuffer([10], 0, 10) + 4],
    ["one outside", () => 0x7fff_fff8],
    ["data in several MDLs", (world) => world.netBuffer([10, 10], 0, 11)],
    ["more data than the MDL has", (world) => world.netBuffer([10], 1, 10)],
    ["all data there can be", (world) => world.netBuffer([10], 1, 0xffff_ffff)],
    ["data behind the MDL", (world) => world.netBuffer([10], 0, 0, { CurrentMdlOffset: 11 })],
    ["no MDL", (world) => world.netBuffer([])],
    [
      "no MDL, and one at NULL",
      (world) => {
        world.copied(world.twins.chain([10])[0], 0, MDL.size);
        return world.netBuffer([]);
      },
    ],
    ["an MDL outside", (world) => world.netBuffer([10], 0, 10, { CurrentMdl: 0x7fff_fff8 })],
    ["an MDL that is not aligned", (world) => world.netBuffer([10], 0, 10, { CurrentMdl: STACK + 2 })],
    ["data that the memory ends in", (world) => withStart(world, world.twins.native.machine.memory.byteLength - 9)],
    ["data outside", (world) => withStart(world, 0xffff_f000)],
    ["data that start behind all addresses", (world) => withStart(world, 0xffff_f000, 0x3000)],
    ["data at NULL", (world) => withStart(world, 0)],
  ])("stops at a list with %s", (_, make) => {
    const world = new TwinWorld();
    const plain = (): number => world.netBuffer([10], 0, 10);
    expect(frames(world, [plain(), make(world), plain()]).map(([list]) => list)).toEqual([0]);
  });

  it("ends at NULL, whatever lies there", () => {
    const world = new TwinWorld();
    const list = world.list("netBuffer");
    world.twins.set(world.onList(list) + NET_BUFFER.offset.CurrentMdl, world.twins.chain([10])[0]);
    world.copied(list, 0, NET_BUFFER_LIST.size);
    expect(frames(world, [])).toEqual([]);
  });

  it("says where data are that the memory ends with", () => {
    const world = new TwinWorld();
    const start = world.twins.native.machine.memory.byteLength - 10;
    expect(frames(world, [withStart(world, start)])).toEqual([[0, start, 10]]);
  });

  /** 10 bytes of data that are said to start there. */
  function withStart(world: TwinWorld, start: number, byteOffset = 0): number {
    const netBuffer = world.netBuffer([10], 0, 10);
    const [mdl] = world.mdls(netBuffer);
    world.twins.set(mdl + MDL.offset.StartVa, start);
    world.twins.set(mdl + MDL.offset.ByteOffset, byteOffset);
    return netBuffer;
  }
});

/** Which of its calls the driver makes. */
const WHICH = 0x8000;

const SOURCE = `#include <ndis.h>
static NET_BUFFER_LIST List;
static NET_BUFFER Buffer;
static MDL Mdl;
static VOID Call(ULONG which)
{
    PVOID outside = (PVOID)0x7ffffff0;
    ULONG copied;
    Mdl.ByteCount = Buffer.DataLength = 8;
    Buffer.CurrentMdl = Buffer.MdlChain = &Mdl;
    switch (which) {
    case 1: NdisGetDataBuffer(outside, 1, NULL, 1, 0); break;
    case 2: NdisCopyFromNetBufferToNetBuffer(&Buffer, 0, 1, outside, 0, &copied); break;
    case 3: NdisCopyFromNetBufferToNetBuffer(&Buffer, 0, 0, &Buffer, 0, outside); break;
    case 4: NdisRetreatNetBufferDataStart(outside, 1, 0, NULL); break;
    case 5: NdisAdvanceNetBufferDataStart(outside, 1, FALSE, NULL); break;
    case 6: NdisGetPoolFromNetBufferList(outside); break;
    case 7: Buffer.CurrentMdl = outside; NdisGetDataBuffer(&Buffer, 1, NULL, 1, 0); break;
    case 8: NdisGetDataBuffer(&Buffer, 1, NULL, 1, 0); break;
    case 9: NdisRetreatNetBufferDataStart(&Buffer, 1, 0, (NET_BUFFER_ALLOCATE_MDL_HANDLER)999); break;
    default: NdisGetPoolFromNetBufferList(&List);
    }
}
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    Call(*(volatile ULONG *)0x8000);
    return STATUS_SUCCESS;
}
`;

describe("a loaded driver", () => {
  let image: CompiledDriver;

  beforeAll(async () => {
    image = await compileDriver({
      sources: [{ path: "calls.c", text: SOURCE }],
      headers: driverHeaders(),
      globalBase: IMAGE_BASE,
      // As the command compiles for a run without the verifier.
      instrument: { callSites: false },
    });
    expect(image.warnings).toBe("");
  });

  /** A life of the driver that makes one call. */
  function session(which: number, options: Partial<SessionOptions> = {}): DriverSession {
    const made = new DriverSession(image, { memorySize: 4 << 20, timeout: 0, now: () => 0, verify: false, ...options });
    made.machine.memory.u32[WHICH >>> 2] = which;
    return made;
  }

  // What it asks the pool of is no list: a rule stops the call when it is verified.
  it.each<[what: string, options: Partial<SessionOptions>, calls: number, found: RuleId[]]>([
    ["is linked to native code when nothing is verified", {}, 0, []],
    ["is so, too, when mappings are to fail", { faults: { mapping: 1 } }, 0, []],
    ["is not when allocations are to fail", { faults: { allocation: 1 } }, 1, []],
    ["is not when it is verified", { verify: true }, 0, ["NBL-NOTPOOL"]],
    [
      "is not when it is verified and allocations are to fail",
      { verify: true, faults: { allocation: 1 } },
      0,
      ["NBL-NOTPOOL"],
    ],
  ])("%s", (_, options, calls, found) => {
    const { bind } = ENTRIES.NdisGetPoolFromNetBufferList;
    const inTypeScript = vi.fn();
    const spy = vi.spyOn(ENTRIES.NdisGetPoolFromNetBufferList, "bind").mockImplementation((machine) => {
      const next = bind(machine);
      return (list: number) => {
        inTypeScript();
        return next(list);
      };
    });
    const life = session(0, options);
    spy.mockRestore();
    life.start();
    life.stop();
    expect(inTypeScript).toHaveBeenCalledTimes(calls);
    expect(life.findings.map(({ rule }) => rule)).toEqual(found);
  });

  it.each([1, 2, 3, 4, 5, 6, 7])(
    "that calls native code for an address outside, by call %i, has trapped on that line",
    (which) => {
      expect(trap(which)).toBe("DriverEntry ended in a trap: an access outside the memory.");
    },
  );

  it("has trapped on its line also when TypeScript behind native code says so", () => {
    expect(trap(8)).toContain("are asked for before MmBuildMdlForNonPagedPool or MmProbeAndLockPages put them in");
    expect(trap(9)).toContain("999 is not a function of the driver");
  });

  /** The message of the one finding that a call ends in, which names its line. */
  function trap(which: number): string {
    const life = session(which);
    expect(() => life.start()).toThrow(DriverDeadError);
    const line = SOURCE.split("\n").findIndex((text) => text.includes(`case ${which}:`)) + 1;
    expect(life.findings).toMatchObject([{ rule: "DRIVER-TRAP", at: { file: "calls.c", line, function: "Call" } }]);
    return life.findings[0].message;
  }
});
