import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Machine } from "../ddi/machine.js";
import { ENTRIES } from "../ddi/table.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { BROKEN_CELL, IRQL_CELL, POOL_BASE_CELL } from "../memory/memory.js";
import { Draw } from "../models/draw.js";
import { STACK, TAG } from "../testing/lab.js";
import { AWAY_CHANGES, linked, OTHERS_CHANGES, OWN_CHANGES, ownList } from "../testing/twin-chain-cases.js";
import type { Change } from "../testing/twin-changes.js";
import { COPY_CASES } from "../testing/twin-copy-cases.js";
import { DATA_CASES } from "../testing/twin-data-cases.js";
import { DATA_GUARD_CASES } from "../testing/twin-data-guard-cases.js";
import { TwinGuardedLife } from "../testing/twin-guarded-life.js";
import { LIST_CASES } from "../testing/twin-list-cases.js";
import { LIST_GUARD_CASES } from "../testing/twin-list-guard-cases.js";
import { TwinOthers, verifierOf, WAYS_BACK, WAYS_ON, type Way } from "../testing/twin-others.js";
import { type Case, TwinWorld } from "../testing/twin-world.js";
import type { TwinOptions } from "../testing/twins.js";
import { KIND } from "./ledger.js";
import { LIST_NOTE } from "./net-buffer-list-notes.js";
import { guardedNames } from "./plain-lists.js";
import { Verifier } from "./verifier.js";

const GUARD_CASES = [...DATA_GUARD_CASES, ...LIST_GUARD_CASES];

/** What is plain without rules may be none with them. */
const UNVERIFIED = [...LIST_CASES, ...DATA_CASES, COPY_CASES].filter(({ name }) =>
  GUARD_CASES.some((cases) => cases.name === name),
);

/** Makes the call on verified twins, which compare everything; what native code handed over, each as made or not. */
function handedOver([, makeCall]: Case): boolean[] {
  const world = new TwinWorld({ isVerified: true });
  const call = makeCall(world);
  world.twins.forget();
  world.twins.call(...call);
  return world.twins.handedOver.map((other) => String(other) === String(call));
}

describe.each(GUARD_CASES)(
  "$name with its rules in native code is that in TypeScript",
  ({ plain, handedOver: rest }) => {
    it.each(plain)("alone: %s", (...row) => expect(handedOver(row)).toEqual([]));
    it.each(rest)("handed over: %s", (...row) => expect(handedOver(row)).toEqual([true]));
  },
);

describe.each(UNVERIFIED)("$name as it is without rules, with them", ({ plain, handedOver: rest }) => {
  it.each(plain)("%s", (...row) => expect([[], [true]]).toContainEqual(handedOver(row)));
  it.each(rest)("handed over: %s", (...row) => expect(handedOver(row)).toEqual([true]));
});

it("every function of NDIS that has its rules in native code is called here, and may be up to DISPATCH_LEVEL", () => {
  expect(GUARD_CASES.map(({ name }) => name).sort()).toEqual(guardedNames().sort());
  for (const name of guardedNames()) {
    const { irql = IRQL.HIGH_LEVEL, irqlFrom = IRQL.PASSIVE_LEVEL } = ENTRIES[name];
    expect([name, irql >= IRQL.DISPATCH_LEVEL, irqlFrom]).toEqual([name, true, IRQL.PASSIVE_LEVEL]);
  }
});

const around = (options: TwinOptions = {}): TwinOthers =>
  new TwinOthers(new TwinWorld({ isVerified: true, ...options }));

const isBack = (way: Way): boolean => WAYS_BACK.some((back) => back === way);

/** So many lists, of others and of the driver in turn; the others alone when they are to go back. */
function lists(others: TwinOthers, count: number, way: Way): Address[] {
  const isOwn = (i: number): boolean => i % 3 !== 0 && !isBack(way);
  const foreign = others.take(count, way === "return");
  return foreign.map((list, i) => (isOwn(i) ? ownList(others.world, i % 3 === 1) : list));
}

/** Lets a chain with one list that was changed go its way and come back; whether native code took it. */
function goes(way: Way, isOwn: boolean, change: Change[1], at = 1): unknown {
  const others = around();
  const chain = others.take(3);
  if (isOwn) chain[at] = ownList(others.world);
  change(others.world, chain[at]);
  const first = linked(others, chain);
  others.go(way, first);
  const [answer] = others.answers;
  if (way === "send" || way === "indicate") others.giveBack(first);
  others.go("complete", first);
  return answer?.[1];
}

describe("a chain goes its way as in TypeScript", () => {
  describe.each([...WAYS_ON, ...WAYS_BACK])("%s", (way) => {
    it.each([1, 2, 3, 4, 7, 8, 39, 40])("%i plain lists", (count) => {
      const others = around();
      const first = linked(others, lists(others, count, way));
      others.go(way, first);
      expect(others.answers[0]?.[1]).toBe(true);
      if (isBack(way)) expect(others.answers.slice(1)).toEqual([["areBalanced", true]]);
      if (way !== "send" && way !== "indicate") return;
      others.giveBack(first);
      expect(others.answers).toEqual([["cameBack", 0]]);
    });

    const back = isBack(way);
    const others = (isPlain: boolean, changes: readonly Change[]) =>
      changes.map(([what, change]) => [what, isPlain, change] as const);
    it.each([
      ...others(true, OTHERS_CHANGES.plain),
      ...others(!back, OTHERS_CHANGES.left),
      ...others(false, OTHERS_CHANGES.others),
      ...others(way !== "complete", [
        ["a Status", ({ twins }, list) => twins.set(list + NET_BUFFER_LIST.offset.Status, 1)],
      ]),
    ])("another driver's with %s: plain is %s", (_, isPlain, change) => {
      expect(goes(way, false, change)).toBe(isPlain);
    });

    it.each([...others(!back, OWN_CHANGES.plain), ...others(false, OWN_CHANGES.others)])(
      "the driver's with %s: plain is %s",
      (_, isPlain, change) => {
        expect(goes(way, true, change)).toBe(isPlain);
      },
    );

    it.each([
      [IRQL.DISPATCH_LEVEL, false, true],
      [3, false, false],
      [IRQL.PASSIVE_LEVEL, true, false],
    ])("at IRQL %i, broken: %s", (level, isBroken, isPlain) => {
      const world = around();
      const [first] = world.take(2);
      world.world.twins.both("a level", ({ machine, verifier }) => {
        machine.irql.current = level;
        if (isBroken) verifier?.broken.add(STACK);
      });
      world.go(way, first);
      expect(world.answers[0]?.[1]).toBe(isPlain);
    });

    it("the first or the last of them is not plain", () => {
      const [[, change]] = OTHERS_CHANGES.others;
      for (const at of [0, 2]) expect(goes(way, false, change, at)).toBe(false);
    });

    it("goes round in a circle", () => {
      for (const [from, to] of [
        [0, 0],
        [4, 0],
        [4, 3],
      ]) {
        const world = around();
        const chain = lists(world, from + 1, way);
        const first = linked(world, chain);
        world.world.twins.set(chain[from], chain[to]);
        world.go(way, first);
        expect(world.answers[0]?.[1]).toBe(false);
        expect(verifierOf(world.world.twins.native).findings.map(({ rule }) => rule)).toContain("LIST-CYCLE");
      }
    });

    it.each([
      [4096, true],
      [4097, false],
    ])("%i lists: plain is %s", (count, isPlain) => {
      const world = around({ memorySize: 4 << 20 });
      const [first] = world.take(count);
      world.go(way, first);
      expect(world.answers[0]?.[1]).toBe(isPlain);
      if (way !== "send" && way !== "indicate") return;
      world.giveBack(first);
      expect(world.answers[0]?.[1] === 0).toBe(isPlain);
    });

    it("carries no list", () => {
      const world = around();
      world.go(way, 0);
      expect(world.answers[0]?.[1]).toBe(true);
    });
  });
});

it.each([true, false])("a list comes where much was noted, as in TypeScript; received: %s", (received) => {
  const others = around();
  const [list] = others.take();
  others.go("complete", list);
  others.world.twins.both("notes", ({ verifier }) => {
    for (const note of Object.values(LIST_NOTE)) verifier?.ledger.setNote(list, note, 0x77);
    verifier?.ledger.setValue(list, 0x77);
    verifier?.ledger.setHolder(list, 0x77);
  });
  expect(others.take(2, received)).toContain(list);
});

describe("what was passed on comes back as in TypeScript", () => {
  const cases = (isPlain: boolean, changes: readonly Change[]) =>
    changes.map(([what, change]) => [what, isPlain, change] as const);

  it.each([...cases(true, AWAY_CHANGES.plain), ...cases(false, AWAY_CHANGES.others)])(
    "with %s: plain is %s",
    (_, isPlain, change) => {
      for (const [at, make] of ["other", "own", "own over"].entries()) {
        const others = around();
        const chain = others.take(3);
        if (make !== "other") chain[at] = ownList(others.world, make === "own over");
        others.go(at === 1 ? "send" : "indicate", linked(others, chain));
        expect(others.answers[0]).toEqual(["passed", true]);
        change(others.world, chain[at]);
        others.giveBack(chain[0]);
        expect(others.answers[0]).toEqual(["cameBack", isPlain ? 0 : chain[at]]);
        others.go("complete", chain[0]);
      }
    },
  );

  it("with a NET_BUFFER that was not alone before", () => {
    const others = around();
    const { world } = others;
    const [list] = others.take();
    const netBuffer = world.onList(list);
    for (const next of [world.netBuffer([20], 0, 20), 0]) {
      world.store(netBuffer, { Next: next });
      others.go("send", list);
      expect(others.answers).toEqual([["passed", next === 0]]);
      others.giveBack(list);
    }
    expect(others.answers).toEqual([["cameBack", 0]]);
  });

  it.each([
    ["first", 1],
    ["taken off", 0],
  ])("with its second NET_BUFFER %s", (_, at) => {
    const others = around();
    const { world } = others;
    const [list] = others.take();
    const [first, second] = [world.onList(list), world.netBuffer([20], 0, 20)];
    world.store(first, { Next: second });
    others.go("send", list);
    world.store(first, { Next: 0 });
    world.twins.set(list + NET_BUFFER_LIST.offset.FirstNetBuffer, [first, second][at]);
    others.giveBack(list);
    expect(others.answers[0]).toEqual(["cameBack", list]);
  });

  it("with lists that never went", () => {
    const others = around();
    const chain = lists(others, 6, "send");
    others.go("send", linked(others, chain.slice(2, 4)));
    others.giveBack(linked(others, chain));
    expect(others.answers).toEqual([["cameBack", 0]]);
  });

  it("with an address that is none", () => {
    for (const wild of [4, STACK + 4, 0x7_fff8, 0x7fff_fff8, 0xffff_fff8]) {
      const others = around();
      const chain = others.take(2);
      others.go("send", chain[0]);
      others.world.twins.set(chain[1], wild);
      others.giveBack(chain[0]);
      expect(others.answers[0]).toEqual(["cameBack", wild]);
    }
  });

  it("with some of many changed", () => {
    const others = around();
    const chain = others.take(200);
    others.go("indicate", chain[0]);
    for (const at of [1, 80, 199]) others.world.store(others.world.onList(chain[at]), { DataLength: 1 });
    others.giveBack(chain[0]);
    expect(others.answers[0]).toEqual(["cameBack", chain[1]]);
  });

  it("with one MDL on several", () => {
    const others = around();
    const chain = [ownList(others.world, true), ownList(others.world, true), ownList(others.world, true)];
    const [mdl] = others.world.mdls(others.world.onList(chain[0]));
    for (const list of chain) others.world.store(others.world.onList(list), { MdlChain: mdl, CurrentMdl: mdl });
    others.go("indicate", linked(others, chain));
    others.giveBack(linked(others, [chain[1]]));
    others.giveBack(linked(others, [chain[2], chain[0]]));
    expect(others.answers).toEqual([["cameBack", 0]]);
  });

  it("in a circle", () => {
    const others = around();
    const chain = others.take(3);
    others.go("send", chain[0]);
    others.world.twins.set(chain[2], chain[1]);
    others.giveBack(chain[0]);
    expect(others.answers[0]?.[1]).not.toBe(0);
  });
});

describe("what goes back past the driver", () => {
  const retreat: Change[1] = (world, list) =>
    void world.twins.call("NdisRetreatNetBufferDataStart", world.onList(list), 14, 0, 0);
  const lost: Change[1] = (world, list) => world.twins.set(list + NET_BUFFER_LIST.offset.NdisPoolHandle, STACK);

  it.each<[what: string, isPlain: boolean, change: Change[1]]>([
    ["as it came", true, () => {}],
    ["retreated", false, retreat],
    ["with the handle of no pool", false, lost],
    [
      "after a finding",
      false,
      ({ twins }) => void twins.both("a finding", ({ verifier }) => void verifier?.broken.add(STACK)),
    ],
    [
      "after a finding of it",
      false,
      (world, list) => {
        retreat(world, list);
        world.twins.both("a finding", ({ verifier }) => void verifier?.broken.add(list));
      },
    ],
  ])("%s: plain is %s", (_, isPlain, change) => {
    for (const at of [0, 1, 2]) {
      const others = around();
      const chain = others.take(3);
      change(others.world, chain[at]);
      others.takeBack(chain[0]);
      expect(others.answers).toEqual([["areBalanced", isPlain]]);
    }
  });
});

/** One of these changes, or as often none. */
const anyOf = (changes: readonly Change[]): fc.Arbitrary<Change[1] | null> =>
  fc.option(fc.constantFrom(...changes.map(([, change]) => change)), { freq: 1, nil: null });

it("chains of any lists go and come back in native code as in TypeScript", () => {
  const list = fc.record({
    kind: fc.constantFrom("other", "own", "own over an MDL"),
    own: anyOf([...OWN_CHANGES.plain, ...OWN_CHANGES.others]),
    other: anyOf([...OTHERS_CHANGES.plain, ...OTHERS_CHANGES.left, ...OTHERS_CHANGES.others]),
    away: anyOf([...AWAY_CHANGES.plain, ...AWAY_CHANGES.others]),
  });
  const changing = fc.array(list, { minLength: 1, maxLength: 40, size: "max" });
  /** How many of them are changed before they go, and while they are away. */
  const few = fc.constantFrom(0, 0, 1, 3, 40);
  const way = fc.constantFrom(...WAYS_ON, ...WAYS_BACK);
  fc.assert(
    fc.property(changing, way, few, few, fc.constantFrom(...WAYS_BACK), (drawn, on, before, later, back) => {
      const others = around();
      const { world } = others;
      const chain = others.take(drawn.length, on === "return");
      for (const [i, { kind }] of drawn.entries()) if (kind !== "other") chain[i] = ownList(world, kind !== "own");
      const first = linked(others, chain);
      for (const [i, { kind, own, other }] of drawn.slice(0, before).entries())
        (kind === "other" ? other : own)?.(world, chain[i]);
      others.go(on, first);
      for (const [i, { away }] of drawn.slice(0, later).entries()) away?.(world, chain[i]);
      others.giveBack(first);
      others.go(back, first);
    }),
    { numRuns: 60, interruptAfterTimeLimit: 20_000 },
  );
});

it("random lives with rules in native code are those in TypeScript", () => {
  const numbers = fc.array(fc.nat(0xff_ffff), { minLength: 24, maxLength: 24 });
  const steps = fc.array(numbers, { maxLength: 100, size: "max" });
  fc.assert(
    fc.property(steps, fc.boolean(), (drawn, keeps) => {
      const life = new TwinGuardedLife(keeps);
      for (const step of drawn) life.step(new Draw(step));
    }),
    { numRuns: 60, interruptAfterTimeLimit: 30_000 },
  );
});

it("the ledger follows every memory that the verifier takes", () => {
  const most = 1920 << 20;
  const { ledger } = new Verifier(new Machine({ memorySize: most }));
  ledger.allocated(most - 8, KIND.mdl, 7);
  expect([ledger.isLive(most - 8, KIND.mdl), ledger.allocationSite(most - 8)]).toEqual([true, 7]);
  expect(() => new Verifier(new Machine({ memorySize: most + 1 }))).toThrow(RangeError);
});

describe("what native code reads of the verifier", () => {
  const machine = (): Machine => new Machine({ memorySize: 1 << 19, poolBase: 0x20000 });

  it("is the IRQL, whenever it changes", () => {
    const made = machine();
    const { irql, memory } = made;
    irql.current = IRQL.DISPATCH_LEVEL;
    new Verifier(made);
    const seen: number[] = [];
    const note = (): number => seen.push(memory.u32[IRQL_CELL >>> 2]);
    note();
    irql.at(IRQL.HIGH_LEVEL, note);
    note();
    irql.lower(IRQL.PASSIVE_LEVEL);
    note();
    irql.raise(IRQL.APC_LEVEL);
    note();
    const thrown = (): void =>
      irql.at(5, () => {
        throw new Error("thrown");
      });
    expect(thrown).toThrow("thrown");
    note();
    irql.current = 3;
    note();
    expect(seen).toEqual([2, 31, 2, 0, 1, 1, 3]);
  });

  it("is the number of broken objects", () => {
    const made = machine();
    const { broken } = new Verifier(made);
    const seen = [
      () => broken.add(8),
      () => broken.add(8),
      () => broken.add(16),
      () => broken.delete(24),
      () => broken.delete(8),
      () => broken.delete(8),
      () => broken.delete(16),
    ].map((act) => {
      act();
      return made.memory.u32[BROKEN_CELL >>> 2];
    });
    expect(seen).toEqual([1, 1, 2, 2, 1, 1, 0]);
  });

  it("is where the blocks start", () => {
    const made = machine();
    new Verifier(made);
    expect(made.memory.u32[POOL_BASE_CELL >>> 2]).toBe(made.nonpaged.base);
  });

  it("is which pages are the system's, those of before too", () => {
    const made = machine();
    const { nonpaged } = made;
    const before = nonpaged.allocate(8192, TAG, "system");
    const { systemPages } = new Verifier(made).ledger;
    const marks = (block: Address): number[] => [0, 1].map((page) => systemPages[(block >>> 12) + page]);
    const drivers = nonpaged.allocate(8192, TAG, "driver");
    const after = nonpaged.allocate(8192, TAG, "system");
    expect([before, drivers, after].flatMap(marks)).toEqual([1, 1, 0, 0, 1, 1]);
    nonpaged.free(before);
    nonpaged.free(after);
    expect([before, drivers, after].flatMap(marks)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
