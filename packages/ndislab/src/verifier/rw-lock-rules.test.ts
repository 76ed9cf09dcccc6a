import { beforeEach, describe, expect, it } from "vitest";
import { NDIS_RW_LOCK } from "../layout/rw-lock.js";
import { hexAddress } from "../memory/address.js";
import { Lab, STACK } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

const AT_DISPATCH = 1;
/** Lock states on the stack, one for each hold. */
const STATES = [STACK + 32, STACK + 36, STACK + 40];

let lock = 0;

/** A lock of NDIS's, freed afterwards. */
const withLock =
  (act: (lab: Lab) => void): Act =>
  (lab) => {
    lock = onLine(lab, 10, () => lab.ddi.NdisAllocateRWLock(0));
    act(lab);
    onLine(lab, 90, () => lab.ddi.NdisFreeRWLock(lock));
  };

const NOTHING = withLock(() => {});

describe("read-write locks of NDIS 6", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = new Lab();
    lock = lab.ddi.NdisAllocateRWLock(0);
  });

  it.each(["NdisAcquireRWLockRead", "NdisAcquireRWLockWrite"] as const)("%s may be taken again", (acquire) => {
    for (const state of STATES) lab.ddi[acquire](lock, state, 0);
    expect([lab.machine.irql.current, lab.machine.rwLocks.held(lock)]).toEqual([2, true]);
    for (const state of [...STATES].reverse()) {
      expect(lab.machine.rwLocks.held(lock)).toBe(true);
      lab.ddi.NdisReleaseRWLock(lock, state);
    }
    expect([lab.machine.irql.current, lab.machine.rwLocks.held(lock), lab.rules]).toEqual([0, false, []]);
  });

  it("leave the IRQL alone when they are told that it is DISPATCH_LEVEL", () => {
    lab.machine.irql.current = 2;
    lab.ddi.NdisAcquireRWLockRead(lock, STATES[0], AT_DISPATCH);
    lab.ddi.NdisReleaseRWLock(lock, STATES[0]);
    expect([lab.machine.irql.current, lab.rules]).toEqual([2, []]);
  });

  it("SPIN-MIX: released with the lock state of another hold", () => {
    lab.ddi.NdisAcquireRWLockWrite(lock, STATES[0], 0);
    lab.ddi.NdisReleaseRWLock(lock, STATES[1]);
    const finding = lab.onlyFinding("SPIN-MIX");
    expectTells(finding, hexAddress(STATES[0]), hexAddress(STATES[1]));
    expect([lab.machine.rwLocks.held(lock), lab.machine.irql.current]).toEqual([false, 0]);
  });

  it("SPIN-UNHELD and SPIN-EXIT", () => {
    lab.ddi.NdisReleaseRWLock(lock, STATES[0]);
    expect(lab.takeRules()).toEqual(["SPIN-UNHELD"]);
    lab.ddi.NdisAcquireRWLockRead(lock, STATES[0], 0);
    lab.ddi.NdisAcquireRWLockRead(lock, STATES[1], 0);
    lab.verifier.callbackReturned("FilterReceive");
    expect([lab.takeRules(), lab.machine.rwLocks.held(lock)]).toEqual([["SPIN-EXIT", "SPIN-EXIT"], false]);
  });

  it("MEM-LEAK", () => {
    lab.verifier.finish();
    const finding = lab.onlyFinding("MEM-LEAK");
    expect(finding.object).toEqual({ kind: "NDIS_RW_LOCK_EX", address: lock });
    expectTells(finding, "NdisFreeRWLock");
  });

  it("NULL when memory is short, and nothing is lost", () => {
    lab.ddi.NdisFreeRWLock(lock);
    lab.machine.nonpaged.fault = () => true;
    expect(lab.ddi.NdisAllocateRWLock(0)).toBe(0);
    lab.verifier.finish();
    expect(lab.rules).toEqual([]);
  });
});

it("SPIN-RECUR: a reader that wants to write", () => {
  const act = (released: boolean): Act =>
    withLock((lab) => {
      onLine(lab, 20, () => lab.ddi.NdisAcquireRWLockRead(lock, STATES[0], 0));
      if (released) lab.ddi.NdisReleaseRWLock(lock, STATES[0]);
      onLine(lab, 21, () => lab.ddi.NdisAcquireRWLockWrite(lock, STATES[1], 0));
      lab.ddi.NdisReleaseRWLock(lock, STATES[1]);
    });
  const finding = planted("SPIN-RECUR", act(false), act(true));
  expect(finding).toMatchObject({ at: { line: 21 }, object: { kind: "NDIS_RW_LOCK_EX", address: lock } });
  expectTells(finding, "driver.c:20");
});

it("a writer may read: nobody is in its way", () => {
  const lab = new Lab();
  lock = lab.ddi.NdisAllocateRWLock(0);
  lab.ddi.NdisAcquireRWLockWrite(lock, STATES[0], 0);
  lab.ddi.NdisAcquireRWLockRead(lock, STATES[1], 0);
  lab.ddi.NdisReleaseRWLock(lock, STATES[1]);
  lab.ddi.NdisReleaseRWLock(lock, STATES[0]);
  expect([lab.rules, lab.machine.rwLocks.held(lock)]).toEqual([[], false]);
});

it("SPIN-ORDER", () => {
  const act = (order: readonly number[]): Act =>
    withLock((lab) => {
      const other = lab.ddi.NdisAllocateRWLock(0);
      const both = [lock, other];
      for (const i of [0, 1]) lab.ddi.NdisAcquireRWLockWrite(both[i], STATES[i], 0);
      for (const i of order) lab.ddi.NdisReleaseRWLock(both[i], STATES[i]);
      expect(lab.machine.irql.current).toBe(0);
      lab.ddi.NdisFreeRWLock(other);
    });
  planted("SPIN-ORDER", act([0, 1]), act([1, 0]));
});

it("SPIN-DPR-IRQL: the flag says what is not so", () => {
  const act = (flags: number): Act =>
    withLock((lab) => {
      onLine(lab, 20, () => lab.ddi.NdisAcquireRWLockRead(lock, STATES[0], flags));
      lab.ddi.NdisReleaseRWLock(lock, STATES[0]);
    });
  const finding = planted("SPIN-DPR-IRQL", act(AT_DISPATCH), act(0));
  expectTells(finding, "NDIS_RWL_AT_DISPATCH_LEVEL", "PASSIVE_LEVEL (0)");
});

describe("SPIN-UNINIT", () => {
  it("of a freed lock is said once, and nothing is done with it", () => {
    const use = (lab: Lab): void => {
      onLine(lab, 30, () => lab.ddi.NdisAcquireRWLockWrite(lock, STATES[0], 0));
      onLine(lab, 31, () => lab.ddi.NdisReleaseRWLock(lock, STATES[0]));
    };
    const finding = planted(
      "SPIN-UNINIT",
      (lab) => {
        NOTHING(lab);
        use(lab);
        expect(lab.machine.irql.current).toBe(0);
        lab.ddi.NdisFreeRWLock(lock);
      },
      withLock(use),
    );
    expect(finding).toMatchObject({ at: { line: 30 } });
    expectTells(finding, hexAddress(lock), "driver.c:90");
  });

  it("of an address that is no lock", () => {
    planted("SPIN-UNINIT", (lab) => lab.ddi.NdisAcquireRWLockRead(lab.block(64), STATES[0], 0), NOTHING);
  });
});

it("SPIN-FREEHELD", () => {
  const act = (held: boolean): Act =>
    withLock((lab) => {
      lab.ddi.NdisAcquireRWLockRead(lock, STATES[0], 0);
      if (held) lab.ddi.NdisFreeRWLock(lock);
      lab.ddi.NdisReleaseRWLock(lock, STATES[0]);
    });
  planted("SPIN-FREEHELD", act(true), act(false));
});

describe("read-write locks of NDIS 5", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = new Lab();
    lock = lab.block(NDIS_RW_LOCK.size);
    lab.ddi.NdisInitializeReadWriteLock(lock);
  });

  it.each([0, 1])("are taken again, write %i, and put the IRQL back", (write) => {
    for (const state of STATES) lab.ddi.NdisAcquireReadWriteLock(lock, write, state);
    expect(lab.machine.oldRwLocks.held(lock)).toBe(true);
    for (const state of [...STATES].reverse()) lab.ddi.NdisReleaseReadWriteLock(lock, state);
    expect([lab.machine.oldRwLocks.held(lock), lab.machine.irql.current, lab.rules]).toEqual([false, 0, []]);
  });

  it("have forms for DISPATCH_LEVEL, and SPIN-MIX when both are mixed", () => {
    lab.machine.irql.current = 2;
    lab.ddi.NdisDprAcquireReadWriteLock(lock, 1, STATES[0]);
    lab.ddi.NdisDprReleaseReadWriteLock(lock, STATES[0]);
    expect([lab.takeRules(), lab.machine.irql.current]).toEqual([[], 2]);
    lab.ddi.NdisDprAcquireReadWriteLock(lock, 0, STATES[0]);
    lab.ddi.NdisReleaseReadWriteLock(lock, STATES[0]);
    expect([lab.takeRules(), lab.machine.oldRwLocks.held(lock)]).toEqual([["SPIN-MIX"], false]);
  });

  it("SPIN-UNINIT, SPIN-REINIT while held, SPIN-RECUR of a promotion", () => {
    const other = lab.block(NDIS_RW_LOCK.size);
    lab.ddi.NdisAcquireReadWriteLock(other, 0, STATES[0]);
    expect(lab.takeRules()).toEqual(["SPIN-UNINIT"]);
    lab.ddi.NdisInitializeReadWriteLock(other);
    expect(lab.takeRules()).toEqual(["SPIN-REINIT"]);
    expect(() => lab.ddi.NdisAcquireReadWriteLock(other, 1, STATES[1])).toThrow("read-write lock");
    expect(lab.takeRules()).toEqual(["SPIN-RECUR"]);
  });
});

describe("mutexes", () => {
  const kinds = [
    ["ExInitializeFastMutex", "ExAcquireFastMutex", "ExTryToAcquireFastMutex", "ExReleaseFastMutex", 1],
    ["KeInitializeGuardedMutex", "KeAcquireGuardedMutex", "KeTryToAcquireGuardedMutex", "KeReleaseGuardedMutex", 0],
  ] as const;

  it.each(kinds)("%s: taken once, SPIN-RECUR, SPIN-UNHELD, SPIN-UNINIT", (init, acquire, tryTo, release, level) => {
    const lab = new Lab();
    const mutex = lab.block(32);
    lab.ddi[init](mutex);
    lab.ddi[acquire](mutex);
    expect(lab.machine.irql.current).toBe(level);
    expect(lab.ddi[tryTo](mutex)).toBe(false);
    expect(() => lab.ddi[acquire](mutex)).toThrow("mutex");
    expect(lab.takeRules()).toEqual(["SPIN-RECUR"]);
    lab.ddi[release](mutex);
    expect([lab.machine.irql.current, lab.ddi[tryTo](mutex)]).toEqual([0, true]);
    lab.ddi[release](mutex);
    expect([lab.takeRules(), lab.ddi.KeAreApcsDisabled()]).toEqual([[], false]);
    lab.ddi[release](mutex);
    expect(lab.takeRules()).toEqual(["SPIN-UNHELD"]);
    lab.ddi[acquire](lab.block(32));
    expect(lab.takeRules()).toEqual(["SPIN-UNINIT"]);
  });

  it("are taken at APC_LEVEL at most", () => {
    const act =
      (irql: number): Act =>
      (lab) => {
        const mutex = lab.block(32);
        lab.ddi.ExInitializeFastMutex(mutex);
        lab.machine.irql.current = irql;
        onLine(lab, 40, () => lab.ddi.ExAcquireFastMutex(mutex));
        lab.ddi.ExReleaseFastMutex(mutex);
        lab.machine.irql.current = 0;
      };
    const finding = planted("SPIN-IRQL-ACQ", act(2), act(1));
    expectTells(finding, "ExAcquireFastMutex", "DISPATCH_LEVEL (2)", "APC_LEVEL (1)");
  });

  it.each([0, 2])("are released at the level they were raised to, not at %d", (level) => {
    const act =
      (irql: number): Act =>
      (lab) => {
        const mutex = lab.block(32);
        lab.ddi.ExInitializeFastMutex(mutex);
        lab.ddi.ExAcquireFastMutex(mutex);
        lab.machine.irql.current = irql;
        lab.ddi.ExReleaseFastMutex(mutex);
        expect([lab.machine.mutexes.held(mutex), lab.machine.irql.current]).toEqual([false, 0]);
      };
    expectTells(planted("SPIN-IRQL-REL", act(level), act(1)), "ExReleaseFastMutex", "APC_LEVEL (1)");
  });

  it("regions nest and are counted", () => {
    const { ddi } = new Lab();
    const disabled = [ddi.KeAreApcsDisabled()];
    for (const call of [
      ddi.KeEnterCriticalRegion,
      ddi.KeEnterGuardedRegion,
      ddi.KeLeaveCriticalRegion,
      ddi.KeLeaveGuardedRegion,
    ]) {
      call();
      disabled.push(ddi.KeAreApcsDisabled());
    }
    expect(disabled).toEqual([false, true, true, true, false]);
  });
});
