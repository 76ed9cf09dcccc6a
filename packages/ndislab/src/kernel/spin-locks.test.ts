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

describe("the kernel's forms", () => {
  const HANDLE = 0x2100;
  beforeEach(() => {
    memory.u8.fill(0xaa, A, B + 8);
    locks.initializeWord(A);
  });

  it("are one word: what lies behind is not touched", () => {
    locks.acquireRaising(A);
    locks.releaseTo(A, 0);
    expect([memory.u32[A >>> 2], memory.u32[(A >>> 2) + 1]]).toEqual([0, 0xaaaa_aaaa]);
  });

  it("give the IRQL of before, and take what to put back", () => {
    irql.current = 1;
    expect([locks.acquireRaising(A), irql.current, locks.held(A)]).toEqual([1, 2, true]);
    locks.releaseTo(A, 0);
    expect([irql.current, locks.held(A)]).toEqual([0, false]);
  });

  it("try, and leave a held lock alone", () => {
    expect([locks.tryAcquireDpr(A), locks.tryAcquireDpr(A), locks.held(A)]).toEqual([true, false, true]);
    expect(irql.current).toBe(0);
  });

  it("queued ones keep lock and IRQL in their handle", () => {
    irql.current = 1;
    locks.acquireQueued(A, HANDLE);
    expect([irql.current, memory.u32[HANDLE >>> 2], memory.u32[(HANDLE >>> 2) + 1], memory.u8[HANDLE + 8]]).toEqual([
      2,
      0,
      A,
      1,
    ]);
    expect(() => locks.acquireQueuedDpr(A, HANDLE + 16)).toThrow(DeadlockError);
    locks.releaseQueued(HANDLE);
    expect([irql.current, locks.held(A)]).toEqual([1, false]);
    locks.acquireQueuedDpr(A, HANDLE);
    expect(irql.current).toBe(1);
    irql.current = 2;
    locks.releaseQueuedDpr(HANDLE);
    expect([irql.current, locks.held(A)]).toEqual([2, false]);
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
