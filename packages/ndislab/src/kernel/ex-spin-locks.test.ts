import { beforeEach, describe, expect, it } from "vitest";
import { Memory } from "../memory/memory.js";
import { ExSpinLocks } from "./ex-spin-locks.js";
import { Irql } from "./irql.js";
import { DeadlockError } from "./spin-locks.js";

const LOCK = 0x2000;
let memory: Memory;
let irql: Irql;
let locks: ExSpinLocks;

beforeEach(() => {
  memory = new Memory(65_536);
  irql = new Irql();
  locks = new ExSpinLocks(memory, irql);
});

describe("spin locks that several may share", () => {
  it.each(["Exclusive", "Shared"] as const)(
    "%s: raises, gives the IRQL of before, and is put back to what it is told",
    (how) => {
      irql.current = 1;
      expect(locks[`acquire${how}`](LOCK)).toBe(1);
      expect([irql.current, locks.held(LOCK)]).toEqual([2, true]);
      locks.releaseTo(LOCK, 0);
      expect([irql.current, memory.u32[LOCK >>> 2]]).toEqual([0, 0]);
      locks[`acquire${how}Dpr`](LOCK);
      expect(irql.current).toBe(0);
      locks.releaseDpr(LOCK);
      expect(locks.held(LOCK)).toBe(false);
    },
  );

  it("are taken once, in any combination", () => {
    for (const first of ["acquireExclusiveDpr", "acquireSharedDpr"] as const)
      for (const second of ["acquireExclusive", "acquireShared", "acquireExclusiveDpr", "acquireSharedDpr"] as const) {
        locks[first](LOCK);
        expect(() => locks[second](LOCK)).toThrow(DeadlockError);
        expect(irql.current).toBe(0);
        locks.releaseDpr(LOCK);
      }
  });

  it("turn from shared into exclusive", () => {
    expect(locks.tryConvert(LOCK)).toBe(false);
    locks.acquireSharedDpr(LOCK);
    expect([locks.tryConvert(LOCK), locks.held(LOCK)]).toEqual([true, true]);
    expect(locks.tryConvert(LOCK)).toBe(false);
    locks.releaseDpr(LOCK);
    expect(locks.held(LOCK)).toBe(false);
  });
});
