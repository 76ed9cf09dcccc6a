import type { DdiPages } from "../page.js";

const HELD =
  "Between acquire and release the caller is at DISPATCH_LEVEL: it touches no paged memory, does not wait, and is through within some 25 microseconds. Nobody measures that here.";

export const SPIN_LOCK_PAGES = {
  NdisAllocateSpinLock: {
    summary: "Makes storage of the driver a spin lock that is free.",
    parameters: {
      SpinLock: "The storage: nonpaged, so in a context, in an allocation or in a global, not in paged pool.",
    },
    ownership:
      "Nothing is allocated, in spite of the name. The storage stays the driver's, and is a lock until `NdisFreeSpinLock`.",
    remarks: [
      "Call it once, before anything can take the lock: in DriverEntry, or where the structure around the lock is set up.",
      "The same lock serves `NdisAcquireSpinLock`, `NdisDprAcquireSpinLock` and the interlocked lists such as `NdisInterlockedInsertTailList`.",
      "A spin lock keeps no interrupt handler out: what a miniport shares with one, it touches in a function that NDIS synchronizes with the interrupt.",
      "Give each set of data that belongs together a lock of its own, and where two have to be held at once, take them in the same order everywhere.",
    ],
    rules: ["SPIN-REINIT"],
    related: ["NdisFreeSpinLock", "NdisAcquireSpinLock", "NDIS_SPIN_LOCK", "KeInitializeSpinLock"],
    example: "counter-under-a-lock",
  },
  NdisFreeSpinLock: {
    summary: "Ends the life of a spin lock, which must be free.",
    parameters: { SpinLock: "A lock of `NdisAllocateSpinLock` that nobody holds and nobody will take." },
    ownership: "The storage is plain memory of the driver again.",
    remarks: [
      "Not to be mistaken for `NdisReleaseSpinLock`, which lets the next one have the lock.",
      "The lock and the IRQL kept in it are zeroed. To use the storage as a lock again, call `NdisAllocateSpinLock` again.",
      "Free the lock before the memory that it lies in.",
    ],
    decisions: [
      "Documents do not say what freeing a held lock does. With the verifier the lock stays as it is; without, it is free from then on, and whoever releases it gets the IRQL 0 that was written into it.",
    ],
    rules: ["SPIN-FREEHELD"],
    related: ["NdisAllocateSpinLock"],
    example: "counter-under-a-lock",
  },
  NdisAcquireSpinLock: {
    summary: "Takes a spin lock, waiting for it as long as it must, and raises the IRQL to DISPATCH_LEVEL.",
    parameters: { SpinLock: "A lock of `NdisAllocateSpinLock` that this processor does not hold." },
    ownership: "The lock is the caller's until `NdisReleaseSpinLock`, which it calls on every path.",
    failure:
      "There is none: whoever holds the lock already and asks again waits for ever. Here that ends the run of the driver.",
    remarks: [
      "The IRQL of before is kept in the lock, so the caller has nothing to remember.",
      HELD,
      "Functions of NDIS that call other drivers are not called with a lock held: a driver below may complete at once, into the function that wants the lock.",
      "A caller that is at DISPATCH_LEVEL for certain may use `NdisDprAcquireSpinLock`, which leaves the IRQL alone.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["NdisReleaseSpinLock", "NdisDprAcquireSpinLock", "NDIS_SPIN_LOCK"],
    example: "counter-under-a-lock",
  },
  NdisReleaseSpinLock: {
    summary: "Gives a spin lock back and restores the IRQL of before `NdisAcquireSpinLock`.",
    parameters: { SpinLock: "A lock that the caller took with `NdisAcquireSpinLock`." },
    ownership: "The lock is free for the next one. It stays a lock until `NdisFreeSpinLock`.",
    remarks: [
      "The caller is at DISPATCH_LEVEL, where the acquire put it.",
      "With two locks, the one that was taken last goes first. The other way round the IRQL of the first one comes back while the second is held, and that of the second one, DISPATCH_LEVEL, stays when none is.",
      "A lock that `NdisDprAcquireSpinLock` took has no IRQL in it; this would restore an old one.",
    ],
    rules: ["SPIN-UNHELD", "SPIN-MIX", "SPIN-ORDER"],
    related: ["NdisAcquireSpinLock", "NdisDprReleaseSpinLock"],
    example: "counter-under-a-lock",
  },
  NdisDprAcquireSpinLock: {
    summary: "Takes a spin lock for a caller that is at DISPATCH_LEVEL already.",
    parameters: { SpinLock: "A lock of `NdisAllocateSpinLock` that this processor does not hold." },
    ownership: "The lock is the caller's until `NdisDprReleaseSpinLock`.",
    failure: "As for `NdisAcquireSpinLock`: none, but a second acquire waits for ever.",
    remarks: [
      "Does not look at the IRQL, nor touch OldIrql of the lock. Below DISPATCH_LEVEL the holder could be interrupted by another that spins for the lock on the same processor.",
      "For DPCs, timers and whatever is called at DISPATCH_LEVEL only. Send and receive functions learn from a flag whether they are; others use `NdisAcquireSpinLock`, which is right at every level up to DISPATCH_LEVEL.",
      HELD,
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["NdisDprReleaseSpinLock", "NdisAcquireSpinLock", "KeAcquireSpinLockAtDpcLevel"],
    example: "lock-in-a-dpc",
  },
  NdisDprReleaseSpinLock: {
    summary: "Gives a spin lock back that `NdisDprAcquireSpinLock` took, and leaves the IRQL alone.",
    parameters: { SpinLock: "A lock that the caller took with `NdisDprAcquireSpinLock`." },
    ownership: "The lock is free for the next one.",
    remarks: [
      "After `NdisAcquireSpinLock` it would leave the caller at DISPATCH_LEVEL for good, which shows much later and somewhere else.",
    ],
    rules: ["SPIN-UNHELD", "SPIN-MIX"],
    related: ["NdisDprAcquireSpinLock", "NdisReleaseSpinLock"],
    example: "lock-in-a-dpc",
  },
} as const satisfies DdiPages;
