import type { LockForm } from "./held-locks.js";

// Every way to take a spin lock or a read-write lock that there is.

const NDIS_LOCK = {
  kind: "NDIS_SPIN_LOCK",
  initialized: { kind: "NDIS_SPIN_LOCK", by: "NdisAllocateSpinLock" },
  reset: (machine, lock) => machine.locks.releaseDpr(lock),
} as const satisfies Partial<LockForm>;

export const NDIS: LockForm = { ...NDIS_LOCK, releases: ["NdisReleaseSpinLock"], irql: "kept" };
export const NDIS_DPR: LockForm = { ...NDIS_LOCK, releases: ["NdisDprReleaseSpinLock"], irql: "unchanged" };

const KERNEL_LOCK = {
  kind: "KSPIN_LOCK",
  initialized: { kind: "KSPIN_LOCK", by: "KeInitializeSpinLock" },
  reset: (machine, lock) => machine.locks.releaseDpr(lock),
} as const satisfies Partial<LockForm>;

export const RAISING: LockForm = { ...KERNEL_LOCK, releases: ["KeReleaseSpinLock"], irql: "passed" };
export const AT_DPC: LockForm = { ...KERNEL_LOCK, releases: ["KeReleaseSpinLockFromDpcLevel"], irql: "unchanged" };
/** Its page names KeReleaseSpinLock, its name the other one. */
export const TRIED: LockForm = {
  ...KERNEL_LOCK,
  releases: ["KeReleaseSpinLockFromDpcLevel", "KeReleaseSpinLock"],
  irql: "unchanged",
};
export const QUEUED: LockForm = { ...KERNEL_LOCK, releases: ["KeReleaseInStackQueuedSpinLock"], irql: "kept" };
export const QUEUED_AT_DPC: LockForm = {
  ...KERNEL_LOCK,
  releases: ["KeReleaseInStackQueuedSpinLockFromDpcLevel"],
  irql: "unchanged",
};

const EX_LOCK = {
  kind: "EX_SPIN_LOCK",
  reset: (machine, lock) => machine.exLocks.releaseDpr(lock),
} as const satisfies Partial<LockForm>;

export const EXCLUSIVE: LockForm = { ...EX_LOCK, releases: ["ExReleaseSpinLockExclusive"], irql: "passed" };
export const SHARED: LockForm = { ...EX_LOCK, releases: ["ExReleaseSpinLockShared"], irql: "passed" };
export const EXCLUSIVE_AT_DPC: LockForm = {
  ...EX_LOCK,
  releases: ["ExReleaseSpinLockExclusiveFromDpcLevel"],
  irql: "unchanged",
};
export const SHARED_AT_DPC: LockForm = {
  ...EX_LOCK,
  releases: ["ExReleaseSpinLockSharedFromDpcLevel"],
  irql: "unchanged",
};

export const RW: LockForm = {
  kind: "NDIS_RW_LOCK_EX",
  releases: ["NdisReleaseRWLock"],
  irql: "kept",
  reset: (machine, lock) => machine.rwLocks.reset(lock),
};

/** With NDIS_RWL_AT_DISPATCH_LEVEL. */
export const RW_AT_DISPATCH: LockForm = { ...RW, irql: "unchanged" };

const OLD_RW_LOCK = {
  kind: "NDIS_RW_LOCK",
  initialized: { kind: "NDIS_RW_LOCK", by: "NdisInitializeReadWriteLock" },
  reset: (machine, lock) => machine.oldRwLocks.reset(lock),
} as const satisfies Partial<LockForm>;

export const OLD_RW: LockForm = { ...OLD_RW_LOCK, releases: ["NdisReleaseReadWriteLock"], irql: "kept" };
export const OLD_RW_DPR: LockForm = {
  ...OLD_RW_LOCK,
  releases: ["NdisDprReleaseReadWriteLock"],
  irql: "unchanged",
};
