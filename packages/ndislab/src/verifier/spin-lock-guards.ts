import type { DdiName } from "../ddi/table.js";
import { KLOCK_QUEUE_HANDLE } from "../layout/spin-lock.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import type { LockForm } from "./held-locks.js";
import { acquiring, checkInitialized, freeing, initializing, released, releasing } from "./lock-checks.js";
import {
  AT_DPC,
  EXCLUSIVE,
  EXCLUSIVE_AT_DPC,
  NDIS,
  NDIS_DPR,
  QUEUED,
  QUEUED_AT_DPC,
  RAISING,
  SHARED,
  SHARED_AT_DPC,
  TRIED,
} from "./lock-forms.js";
import type { Verifier } from "./verifier.js";

const QUEUED_LOCK = KLOCK_QUEUE_HANDLE.offset["LockQueue.Lock"] >>> 2;

/** In front of a function that takes a lock and returns nothing, or the IRQL of before. */
const acquire =
  <R>(name: DdiName, form: LockForm) =>
  (next: (lock: Address) => R, v: Verifier) =>
  (lock: Address): R => {
    acquiring(v, name, lock, form);
    const before = v.machine.irql.current;
    const result = next(lock);
    v.locks.acquired(lock, v.site, form, before);
    return result;
  };

/** In front of a release that knows the IRQL of before, or leaves the IRQL alone. */
const release =
  (name: DdiName, { kind }: LockForm) =>
  (next: (lock: Address) => void, v: Verifier) =>
  (lock: Address): void => {
    if (!releasing(v, name, lock, kind, v.locks.find(lock))) return;
    next(lock);
    released(v);
  };

/** In front of a release that is told the IRQL of before. */
const releaseTo =
  (name: DdiName, { kind }: LockForm) =>
  (next: (lock: Address, irql: number) => void, v: Verifier) =>
  (lock: Address, irql: number): void => {
    if (!releasing(v, name, lock, kind, v.locks.find(lock), irql)) return;
    next(lock, irql);
    released(v);
  };

const acquireQueued =
  (name: DdiName, form: LockForm) =>
  (next: (lock: Address, handle: Address) => void, v: Verifier) =>
  (lock: Address, handle: Address): void => {
    acquiring(v, name, lock, form);
    const before = v.machine.irql.current;
    next(lock, handle);
    v.locks.acquired(lock, v.site, form, before, handle);
  };

/** The handle says which lock; one that no acquire has filled in says nothing. */
const releaseQueued =
  (name: DdiName, { kind }: LockForm) =>
  (next: (handle: Address) => void, v: Verifier) =>
  (handle: Address): void => {
    const held = v.locks.findByHandle(handle);
    const lock = held < 0 ? v.machine.memory.u32[(handle >>> 2) + QUEUED_LOCK] : v.locks.lockAt(held);
    if (!releasing(v, name, lock, kind, held)) return;
    next(handle);
    released(v);
  };

export const SPIN_LOCK_GUARDS: Guards = {
  NdisAllocateSpinLock: (next, v) => (lock) => {
    if (initializing(v, "NdisAllocateSpinLock", lock, "NDIS_SPIN_LOCK", "NdisFreeSpinLock")) next(lock);
  },
  NdisFreeSpinLock: (next, v) => (lock) => {
    if (!freeing(v, "NdisFreeSpinLock", lock)) return;
    next(lock);
    v.residents.end(lock, v.site);
  },
  NdisAcquireSpinLock: acquire("NdisAcquireSpinLock", NDIS),
  NdisReleaseSpinLock: release("NdisReleaseSpinLock", NDIS),
  NdisDprAcquireSpinLock: acquire("NdisDprAcquireSpinLock", NDIS_DPR),
  NdisDprReleaseSpinLock: release("NdisDprReleaseSpinLock", NDIS_DPR),
};

/** KeInitializeSpinLock has no counterpart: a lock may be initialised again. */
export const KE_SPIN_LOCK_GUARDS: Guards = {
  KeInitializeSpinLock: (next, v) => (lock) => {
    if (initializing(v, "KeInitializeSpinLock", lock, "KSPIN_LOCK")) next(lock);
  },
  KeAcquireSpinLock: (next, v) => (lock, old) => {
    acquiring(v, "KeAcquireSpinLock", lock, RAISING);
    const before = v.machine.irql.current;
    next(lock, old);
    v.locks.acquired(lock, v.site, RAISING, before);
  },
  KeAcquireSpinLockRaiseToDpc: acquire("KeAcquireSpinLockRaiseToDpc", RAISING),
  KfAcquireSpinLock: acquire("KfAcquireSpinLock", RAISING),
  KeReleaseSpinLock: releaseTo("KeReleaseSpinLock", RAISING),
  KeAcquireSpinLockAtDpcLevel: acquire("KeAcquireSpinLockAtDpcLevel", AT_DPC),
  KeTryToAcquireSpinLockAtDpcLevel: (next, v) => (lock) => {
    checkInitialized(v, "KeTryToAcquireSpinLockAtDpcLevel", lock, TRIED);
    const before = v.machine.irql.current;
    const taken = next(lock);
    if (taken) v.locks.acquired(lock, v.site, TRIED, before);
    return taken;
  },
  KeReleaseSpinLockFromDpcLevel: release("KeReleaseSpinLockFromDpcLevel", AT_DPC),
  KeAcquireInStackQueuedSpinLock: acquireQueued("KeAcquireInStackQueuedSpinLock", QUEUED),
  KeReleaseInStackQueuedSpinLock: releaseQueued("KeReleaseInStackQueuedSpinLock", QUEUED),
  KeAcquireInStackQueuedSpinLockAtDpcLevel: acquireQueued("KeAcquireInStackQueuedSpinLockAtDpcLevel", QUEUED_AT_DPC),
  KeReleaseInStackQueuedSpinLockFromDpcLevel: releaseQueued(
    "KeReleaseInStackQueuedSpinLockFromDpcLevel",
    QUEUED_AT_DPC,
  ),
};

export const EX_SPIN_LOCK_GUARDS: Guards = {
  ExAcquireSpinLockExclusive: acquire("ExAcquireSpinLockExclusive", EXCLUSIVE),
  ExAcquireSpinLockShared: acquire("ExAcquireSpinLockShared", SHARED),
  ExReleaseSpinLockExclusive: releaseTo("ExReleaseSpinLockExclusive", EXCLUSIVE),
  ExReleaseSpinLockShared: releaseTo("ExReleaseSpinLockShared", SHARED),
  ExAcquireSpinLockExclusiveAtDpcLevel: acquire("ExAcquireSpinLockExclusiveAtDpcLevel", EXCLUSIVE_AT_DPC),
  ExAcquireSpinLockSharedAtDpcLevel: acquire("ExAcquireSpinLockSharedAtDpcLevel", SHARED_AT_DPC),
  ExReleaseSpinLockExclusiveFromDpcLevel: release("ExReleaseSpinLockExclusiveFromDpcLevel", EXCLUSIVE_AT_DPC),
  ExReleaseSpinLockSharedFromDpcLevel: release("ExReleaseSpinLockSharedFromDpcLevel", SHARED_AT_DPC),
  ExTryConvertSharedSpinLockExclusive: (next, v) => (lock) => {
    const held = v.locks.find(lock);
    if (held < 0) {
      v.report(
        "SPIN-UNHELD",
        `ExTryConvertSharedSpinLockExclusive: EX_SPIN_LOCK ${hexAddress(lock)} is not held; acquire it for sharing first.`,
        { object: lock, kind: "EX_SPIN_LOCK" },
      );
      return false;
    }
    const converted = next(lock);
    if (converted) v.locks.setForm(held, v.locks.formAt(held) === SHARED ? EXCLUSIVE : EXCLUSIVE_AT_DPC);
    return converted;
  },
};
