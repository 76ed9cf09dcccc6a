import { beforeEach, describe, expect, it } from "vitest";
import { IRQL } from "../layout/spin-lock.js";
import { Memory } from "../memory/memory.js";
import { Irql, irqlName } from "./irql.js";
import { DeadlockError, SpinLocks } from "./spin-locks.js";

const A = 0x2000;
const B = 0x2008;

let memory: Memory;
let irql: Irql;
let locks: SpinLocks;

beforeEach(() => {
  memory = new Memory(65_536);
  irql = new Irql();
  locks = new SpinLocks(memory, irql);
  memory.u8.fill(0xaa, A, B + 8);
  locks.initialize(A);
  locks.initialize(B);
});

/** ndis5 §5. */
describe("spin locks", () => {
  it("are free after NdisAllocateSpinLock, whatever was in their storage", () => {
    expect([locks.held(A), locks.held(B)]).toEqual([false, false]);
  });

  it("raise the IRQL to DISPATCH_LEVEL and put the old one back", () => {
    for (const level of [IRQL.PASSIVE_LEVEL, IRQL.APC_LEVEL, IRQL.DISPATCH_LEVEL]) {
      irql.current = level;
      locks.acquire(A);
      expect([irql.current, locks.held(A), memory.u8[A + 4]]).toEqual([IRQL.DISPATCH_LEVEL, true, level]);
      locks.release(A);
      expect([irql.current, locks.held(A)]).toEqual([level, false]);
    }
  });

  it("nest when they are released in reverse order", () => {
    locks.acquire(A);
    locks.acquire(B);
    locks.release(B);
    expect(irql.current).toBe(IRQL.DISPATCH_LEVEL);
    locks.release(A);
    expect(irql.current).toBe(IRQL.PASSIVE_LEVEL);
  });

  it("lower the IRQL too early when they are not: OldIrql is each lock's own", () => {
    locks.acquire(A);
    locks.acquire(B);
    locks.release(A);
    expect([irql.current, locks.held(B)]).toEqual([IRQL.PASSIVE_LEVEL, true]);
  });

  it("leave the IRQL alone in the Dpr forms", () => {
    irql.current = IRQL.DISPATCH_LEVEL;
    locks.acquireDpr(A);
    expect([irql.current, locks.held(A)]).toEqual([IRQL.DISPATCH_LEVEL, true]);
    locks.releaseDpr(A);
    expect([irql.current, locks.held(A)]).toEqual([IRQL.DISPATCH_LEVEL, false]);
  });

  it("cannot be taken twice, in either form, and nothing changes then", () => {
    locks.acquire(A);
    irql.current = IRQL.APC_LEVEL;
    for (const take of [() => locks.acquire(A), () => locks.acquireDpr(A)]) {
      expect(take).toThrow(DeadlockError);
      expect([irql.current, memory.u8[A + 4]]).toEqual([IRQL.APC_LEVEL, IRQL.PASSIVE_LEVEL]);
    }
    expect(() => locks.acquire(A)).toThrow(expect.objectContaining({ lock: A }));
    locks.acquire(B);
  });
});

describe("the IRQL", () => {
  it("comes back after an action, also after one that throws", () => {
    expect(irql.at(2, () => irql.current)).toBe(2);
    expect(irql.current).toBe(0);
    expect(() =>
      irql.at(1, () => {
        throw new Error("x");
      }),
    ).toThrow("x");
    expect(irql.current).toBe(0);
  });

  it("has the names of the headers", () => {
    expect([0, 1, 2, 3, 31].map(irqlName)).toEqual([
      "PASSIVE_LEVEL (0)",
      "APC_LEVEL (1)",
      "DISPATCH_LEVEL (2)",
      "IRQL 3",
      "IRQL 31",
    ]);
  });
});
