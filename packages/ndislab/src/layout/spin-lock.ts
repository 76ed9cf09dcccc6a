import { constants, structure } from "./structure.js";

/** A zero-filled lock is valid and free. */
export const NDIS_SPIN_LOCK = structure("NDIS_SPIN_LOCK", { SpinLock: "KSPIN_LOCK", OldIrql: "KIRQL" });

export const KSPIN_LOCK_QUEUE = structure("KSPIN_LOCK_QUEUE", {
  Next: "struct _KSPIN_LOCK_QUEUE *",
  Lock: "KSPIN_LOCK *",
});

/** On the stack of whoever takes a queued spin lock, until it is released. */
export const KLOCK_QUEUE_HANDLE = structure("KLOCK_QUEUE_HANDLE", { LockQueue: KSPIN_LOCK_QUEUE, OldIrql: "KIRQL" });

export const IRQL = constants({
  PASSIVE_LEVEL: 0,
  LOW_LEVEL: 0,
  APC_LEVEL: 1,
  DISPATCH_LEVEL: 2,
  CLOCK_LEVEL: 28,
  HIGH_LEVEL: 31,
});
