import type { DdiName } from "../ddi/table.js";
import { irqlName } from "../kernel/irql.js";
import { RW_LOCK_FLAGS } from "../layout/rw-lock.js";
import { IRQL } from "../layout/spin-lock.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import type { LockForm } from "./held-locks.js";
import { KIND } from "./ledger.js";
import { checkInitialized, freeing, initializing, released, releasing, reportRecursion } from "./lock-checks.js";
import { OLD_RW, OLD_RW_DPR, RW, RW_AT_DISPATCH } from "./lock-forms.js";
import type { Verifier } from "./verifier.js";

const AT_DISPATCH = RW_LOCK_FLAGS.NDIS_RWL_AT_DISPATCH_LEVEL;

/** SPIN-UNINIT of a lock of NDIS's: false when `lock` is no live one, and nothing may be done with it. */
function checkAllocated(v: Verifier, ddi: DdiName, lock: Address): boolean {
  if (v.ledger.isLive(lock, KIND.rwLock)) return true;
  if (v.broken.has(lock)) return false;
  v.broken.add(lock);
  const what = v.ledger.wasFreed(lock, KIND.rwLock)
    ? `was freed at ${v.place(v.ledger.freeSite(lock))}`
    : "is no lock that NdisAllocateRWLock gave";
  v.report(
    "SPIN-UNINIT",
    `${ddi}: ${RW.kind} ${hexAddress(lock)} ${what}. Use a lock from its allocation to its free.`,
    {
      object: lock,
      kind: RW.kind,
    },
  );
  return false;
}

/** SPIN-RECUR of a reader that wants to write; in all other ways one processor may take a lock again. */
function checkPromotion(v: Verifier, ddi: DdiName, lock: Address, form: LockForm, blocked: boolean): void {
  const held = v.locks.find(lock);
  if (blocked && held >= 0) reportRecursion(v, ddi, lock, form, v.locks.siteAt(held));
}

/** SPIN-DPR-IRQL of a flag that says what is not so. */
function checkFlag(v: Verifier, ddi: DdiName, flags: number): void {
  const { current } = v.machine.irql;
  if ((flags & AT_DISPATCH) === 0 || current >= IRQL.DISPATCH_LEVEL) return;
  v.report(
    "SPIN-DPR-IRQL",
    `${ddi} called at ${irqlName(current)} with NDIS_RWL_AT_DISPATCH_LEVEL; the least is ${irqlName(IRQL.DISPATCH_LEVEL)}. Pass the flag only where the level is known, else 0.`,
  );
}

const formOf = (flags: number): LockForm => ((flags & AT_DISPATCH) === 0 ? RW : RW_AT_DISPATCH);

/**
 * The hold that a release is of: by its LOCK_STATE. -1 when there is none, or when the lock is held with another one,
 * which is SPIN-MIX; that hold is given back then.
 */
function holdOf(v: Verifier, ddi: DdiName, lock: Address, state: Address, release: (state: Address) => void): number {
  const { locks } = v;
  const held = locks.findByHandle(state);
  if (held >= 0 && locks.lockAt(held) === lock) return held;
  const other = locks.find(lock);
  if (other < 0) return -1;
  const { kind } = locks.formAt(other);
  const right = locks.handleAt(other);
  v.report(
    "SPIN-MIX",
    `${ddi}: ${kind} ${hexAddress(lock)} was acquired at ${v.place(locks.siteAt(other))} with the lock state ${hexAddress(right)}, and is released with ${hexAddress(state)}. Keep one state for each acquire until its release.`,
    { object: lock, kind },
  );
  release(right);
  locks.remove(other);
  return MIXED;
}

/** The hold was given back already. */
const MIXED = -2;

const acquire =
  (name: DdiName, write: boolean) =>
  (next: (lock: Address, state: Address, flags: number) => void, v: Verifier) =>
  (lock: Address, state: Address, flags: number): void => {
    if (!checkAllocated(v, name, lock)) return;
    checkFlag(v, name, flags);
    checkPromotion(v, name, lock, RW, write && v.machine.rwLocks.blocksWriter(lock));
    const before = v.machine.irql.current;
    next(lock, state, flags);
    v.locks.acquired(lock, v.site, formOf(flags), before, state);
  };

const acquireOld =
  (name: DdiName, form: LockForm) =>
  (next: (lock: Address, write: number, state: Address) => void, v: Verifier) =>
  (lock: Address, write: number, state: Address): void => {
    checkInitialized(v, name, lock, form);
    checkPromotion(v, name, lock, form, (write & 0xff) !== 0 && v.machine.oldRwLocks.blocksWriter(lock));
    const before = v.machine.irql.current;
    next(lock, write, state);
    v.locks.acquired(lock, v.site, form, before, state);
  };

const release =
  (name: DdiName, { kind }: LockForm) =>
  (next: (lock: Address, state: Address) => void, v: Verifier) =>
  (lock: Address, state: Address): void => {
    const held = holdOf(v, name, lock, state, (right) => next(lock, right));
    if (held === MIXED || !releasing(v, name, lock, kind, held)) return;
    next(lock, state);
    released(v);
  };

export const RW_LOCK_GUARDS: Guards = {
  NdisAllocateRWLock: (next, v) => (handle) => {
    const lock = next(handle);
    if (lock !== 0) {
      v.ledger.allocated(lock, KIND.rwLock, v.site);
      v.broken.delete(lock);
    }
    return lock;
  },
  NdisFreeRWLock: (next, v) => (lock) => {
    if (!checkAllocated(v, "NdisFreeRWLock", lock) || !freeing(v, "NdisFreeRWLock", lock)) return;
    next(lock);
    v.ledger.freed(lock, v.site);
  },
  NdisAcquireRWLockRead: acquire("NdisAcquireRWLockRead", false),
  NdisAcquireRWLockWrite: acquire("NdisAcquireRWLockWrite", true),
  NdisReleaseRWLock: release("NdisReleaseRWLock", RW),
  NdisInitializeReadWriteLock: (next, v) => (lock) => {
    if (initializing(v, "NdisInitializeReadWriteLock", lock, "NDIS_RW_LOCK")) next(lock);
  },
  NdisAcquireReadWriteLock: acquireOld("NdisAcquireReadWriteLock", OLD_RW),
  NdisReleaseReadWriteLock: release("NdisReleaseReadWriteLock", OLD_RW),
  NdisDprAcquireReadWriteLock: acquireOld("NdisDprAcquireReadWriteLock", OLD_RW_DPR),
  NdisDprReleaseReadWriteLock: release("NdisDprReleaseReadWriteLock", OLD_RW_DPR),
};
