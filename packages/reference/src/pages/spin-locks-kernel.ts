import type { DdiPages } from "../page.js";

const LOCK = "A lock of `KeInitializeSpinLock` that this processor does not hold.";
const NO_FAILURE =
  "There is none: a second acquire by the holder waits for ever, which here ends the run of the driver.";
const AT_LEAST = "The caller is at DISPATCH_LEVEL or above, and stays at that level.";

export const KERNEL_SPIN_LOCK_PAGES = {
  KeInitializeSpinLock: {
    summary: "Makes a word of the driver's memory a spin lock that is free.",
    parameters: { SpinLock: "The word: nonpaged, on an address that its size divides." },
    ownership:
      "The word stays the driver's. There is no function that ends the lock: its memory is freed, that is all.",
    remarks: [
      "A KSPIN_LOCK is one word and has no room for an IRQL; the forms to take it differ in where that is kept.",
      "Every lock needs the call, even in zeroed memory, before it is given to any function that takes one, the interlocked lists included.",
    ],
    decisions: [
      "A lock that is free may be initialized again, since nothing else could end its life. One that is held is left alone and found.",
    ],
    rules: ["SPIN-REINIT"],
    related: ["KeAcquireSpinLock", "KeAcquireInStackQueuedSpinLock", "NdisAllocateSpinLock"],
    example: "kernel-spin-lock",
  },
  KeAcquireSpinLock: {
    summary: "Takes a spin lock, raises the IRQL to DISPATCH_LEVEL and gives the caller the one of before to keep.",
    parameters: {
      SpinLock: LOCK,
      OldIrql:
        "Where the IRQL of before goes, once the lock is held: a local of the caller, or anything that only the holder touches. One for each lock.",
    },
    ownership: "The lock is the caller's until `KeReleaseSpinLock`.",
    failure: NO_FAILURE,
    remarks: [
      "The holder touches no paged memory, does not wait, raises no exception, and is quick.",
      "In C a macro around `KeAcquireSpinLockRaiseToDpc`, and findings have that name.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["KeReleaseSpinLock", "KeAcquireSpinLockAtDpcLevel", "KeAcquireInStackQueuedSpinLock"],
    example: "kernel-spin-lock",
  },
  KeAcquireSpinLockRaiseToDpc: {
    summary: "Takes a spin lock and returns the IRQL of before: `KeAcquireSpinLock` as a function.",
    parameters: { SpinLock: LOCK },
    returns: "The IRQL of before, which `KeReleaseSpinLock` gets back.",
    ownership: "The lock is the caller's until `KeReleaseSpinLock`.",
    failure: NO_FAILURE,
    decisions: [
      "Documents have it in 64-bit Windows 2000 and later; in 32-bit headers it is another name of `KfAcquireSpinLock`. Here both are functions that do the same.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["KeAcquireSpinLock", "KeReleaseSpinLock", "KfAcquireSpinLock"],
    example: "kernel-spin-lock",
  },
  KfAcquireSpinLock: {
    summary: "Takes a spin lock and returns the IRQL of before: what `KeAcquireSpinLock` calls on 32-bit Windows.",
    parameters: { SpinLock: LOCK },
    returns: "The IRQL of before, which `KeReleaseSpinLock` gets back.",
    ownership: "The lock is the caller's until `KeReleaseSpinLock`.",
    failure: NO_FAILURE,
    remarks: ["For old sources that name it. New code calls `KeAcquireSpinLock`."],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["KeAcquireSpinLock", "KeAcquireSpinLockRaiseToDpc"],
    example: "kernel-spin-lock",
  },
  KeReleaseSpinLock: {
    summary: "Gives a spin lock back and sets the IRQL that the caller has kept.",
    parameters: {
      SpinLock: "A lock that the caller took with `KeAcquireSpinLock` or one of its other names.",
      NewIrql: "What that acquire gave.",
    },
    ownership: "The lock is free for the next one.",
    remarks: [
      "The caller is at DISPATCH_LEVEL, where the acquire put it.",
      "Two locks may be released in the order they were taken, hand over hand, when the first release gets the IRQL of the second acquire: that is DISPATCH_LEVEL, and so the IRQL goes down with the last one only. Otherwise the last taken goes first.",
    ],
    rules: ["SPIN-UNHELD", "SPIN-MIX", "SPIN-ORDER"],
    related: ["KeAcquireSpinLock", "KeReleaseSpinLockFromDpcLevel"],
    example: "kernel-spin-lock",
  },
  KeTestSpinLock: {
    summary: "Tells whether a spin lock is free at this moment, without taking it.",
    parameters: { SpinLock: "A lock of `KeInitializeSpinLock`." },
    returns: "TRUE when nobody holds the lock, FALSE when somebody does.",
    ownership: "Nothing changes hands.",
    remarks: [
      "A hint and no more: by the time the caller looks at the answer, another processor may have the lock. Use it to put off work, not to leave the lock out.",
    ],
    related: ["KeTryToAcquireSpinLockAtDpcLevel", "KeAcquireSpinLock"],
    example: "kernel-spin-lock",
  },
  KeAcquireSpinLockAtDpcLevel: {
    summary: "Takes a spin lock for a caller that is at DISPATCH_LEVEL or above, and leaves the IRQL alone.",
    parameters: { SpinLock: LOCK },
    ownership: "The lock is the caller's until `KeReleaseSpinLockFromDpcLevel`.",
    failure: NO_FAILURE,
    remarks: [
      AT_LEAST,
      "Whoever takes a lock above DISPATCH_LEVEL does so everywhere: a holder at DISPATCH_LEVEL could be interrupted on its own processor by one that spins for the lock.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["KeReleaseSpinLockFromDpcLevel", "KeAcquireSpinLock", "KeTryToAcquireSpinLockAtDpcLevel"],
    example: "kernel-spin-lock-at-dpc-level",
  },
  KeTryToAcquireSpinLockAtDpcLevel: {
    summary: "Takes a spin lock when it is free, and goes on without it when it is not.",
    parameters: { SpinLock: "A lock of `KeInitializeSpinLock`." },
    returns: "TRUE when the caller holds the lock now; FALSE when somebody held it, be it the caller itself.",
    ownership: "After TRUE the lock is the caller's until `KeReleaseSpinLockFromDpcLevel`.",
    failure: "FALSE, and nothing has changed.",
    remarks: [AT_LEAST, "For work that another holder will see to, or that can be tried later."],
    decisions: [
      "Its document names `KeReleaseSpinLock` as what releases the lock, which wants an IRQL that this never gave. Both functions are taken for right; `KeReleaseSpinLockFromDpcLevel` is the one that fits.",
      "Its document gives DISPATCH_LEVEL as the level, that of `KeAcquireSpinLockAtDpcLevel` the same or above. Above is accepted for both.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-EXIT"],
    related: ["KeAcquireSpinLockAtDpcLevel", "KeReleaseSpinLockFromDpcLevel", "KeTestSpinLock"],
    example: "kernel-spin-lock-at-dpc-level",
  },
  KeReleaseSpinLockFromDpcLevel: {
    summary: "Gives back a spin lock that was taken at DPC level, and leaves the IRQL alone.",
    parameters: {
      SpinLock: "A lock that the caller took with `KeAcquireSpinLockAtDpcLevel` or `KeTryToAcquireSpinLockAtDpcLevel`.",
    },
    ownership: "The lock is free for the next one.",
    remarks: ["After `KeAcquireSpinLock` it would leave the caller at DISPATCH_LEVEL for good."],
    decisions: [
      "Its document gives DISPATCH_LEVEL as the level, though the acquire is allowed above. Here the release is, too.",
    ],
    rules: ["SPIN-UNHELD", "SPIN-MIX"],
    related: ["KeAcquireSpinLockAtDpcLevel", "KeReleaseSpinLock"],
    example: "kernel-spin-lock-at-dpc-level",
  },
  KeAcquireInStackQueuedSpinLock: {
    summary: "Takes a spin lock in the order of asking, and raises the IRQL to DISPATCH_LEVEL.",
    parameters: {
      SpinLock: LOCK,
      LockHandle:
        "Room for a KLOCK_QUEUE_HANDLE, on the stack as a rule, which stays where it is until the release. What it held does not matter.",
    },
    ownership: "Lock and handle are in use until `KeReleaseInStackQueuedSpinLock`; the caller leaves both alone.",
    failure: NO_FAILURE,
    remarks: [
      "Processors that wait stand in a queue and each spins on its own handle. Under contention that is fairer and costs less than `KeAcquireSpinLock`; without, the same.",
      "The handle has the IRQL of before and the lock, so the release needs nothing else.",
      "A lock is taken either queued everywhere or nowhere. Nothing here notices when both are mixed over time; a release that does not belong to the acquire is found.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: [
      "KeReleaseInStackQueuedSpinLock",
      "KeAcquireInStackQueuedSpinLockAtDpcLevel",
      "KLOCK_QUEUE_HANDLE",
      "KeAcquireSpinLock",
    ],
    example: "queued-spin-lock",
  },
  KeReleaseInStackQueuedSpinLock: {
    summary: "Gives a queued spin lock to the next in the queue and restores the IRQL of before.",
    parameters: { LockHandle: "The handle of the `KeAcquireInStackQueuedSpinLock` that took the lock." },
    ownership: "The handle is plain memory of the caller again.",
    remarks: [
      "The caller is at DISPATCH_LEVEL, where the acquire put it.",
      "A handle that no acquire has filled in names no lock: nothing is released, and the verifier says so.",
    ],
    rules: ["SPIN-UNHELD", "SPIN-MIX", "SPIN-ORDER"],
    related: ["KeAcquireInStackQueuedSpinLock"],
    example: "queued-spin-lock",
  },
  KeAcquireInStackQueuedSpinLockAtDpcLevel: {
    summary: "Takes a queued spin lock for a caller that is at DISPATCH_LEVEL or above, and leaves the IRQL alone.",
    parameters: { SpinLock: LOCK, LockHandle: "As for `KeAcquireInStackQueuedSpinLock`." },
    ownership: "Lock and handle are in use until `KeReleaseInStackQueuedSpinLockFromDpcLevel`.",
    failure: NO_FAILURE,
    remarks: [AT_LEAST],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["KeReleaseInStackQueuedSpinLockFromDpcLevel", "KeAcquireInStackQueuedSpinLock"],
    example: "queued-spin-lock",
  },
  KeReleaseInStackQueuedSpinLockFromDpcLevel: {
    summary: "Gives back a queued spin lock that was taken at DPC level, and leaves the IRQL alone.",
    parameters: { LockHandle: "The handle of the `KeAcquireInStackQueuedSpinLockAtDpcLevel` that took the lock." },
    ownership: "The handle is plain memory of the caller again.",
    decisions: ["Its document names no IRQL. The acquire asks for DISPATCH_LEVEL or above, and so does this."],
    rules: ["SPIN-UNHELD", "SPIN-MIX"],
    related: ["KeAcquireInStackQueuedSpinLockAtDpcLevel", "KeReleaseInStackQueuedSpinLock"],
    example: "queued-spin-lock",
  },
} as const satisfies DdiPages;

const SHARED_LOCK = "An EX_SPIN_LOCK in nonpaged memory, zeroed once, that this processor does not hold in any way.";

/** One lock for readers and writers, of the kernel's own. */
export const SHARED_SPIN_LOCK_PAGES = {
  ExAcquireSpinLockShared: {
    summary: "Takes a spin lock that others may share, to read what it guards, and raises the IRQL to DISPATCH_LEVEL.",
    parameters: { SpinLock: SHARED_LOCK },
    returns: "The IRQL of before, which `ExReleaseSpinLockShared` gets back.",
    ownership: "The caller has a share until the release. What the lock guards may be read, and is written by nobody.",
    failure: NO_FAILURE,
    remarks: [
      "There is no function that initializes the lock: a word of 0 is a free one. It must lie in memory that was zeroed, a global for instance.",
      "Not even a share may be taken twice: a writer may have asked in between, and waits for the first share while the second waits for it.",
      "Of all that it guards, the memory of the lock itself is written by every reader. For much reading on many processors `NdisAllocateRWLock` scales better.",
    ],
    decisions: [
      "The facts of its document say DISPATCH_LEVEL, its text up to DISPATCH_LEVEL. The text is right, since the IRQL is raised.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["ExReleaseSpinLockShared", "ExAcquireSpinLockExclusive", "ExTryConvertSharedSpinLockExclusive"],
    example: "shared-spin-lock",
  },
  ExReleaseSpinLockShared: {
    summary: "Gives a share of a spin lock back and sets the IRQL that the caller has kept.",
    parameters: {
      SpinLock: "A lock that the caller took with `ExAcquireSpinLockShared`, and did not convert.",
      OldIrql: "What the acquire returned.",
    },
    ownership: "The share is gone. With the last one the lock is free.",
    remarks: ["The caller is at DISPATCH_LEVEL, where the acquire put it."],
    rules: ["SPIN-UNHELD", "SPIN-MIX", "SPIN-ORDER"],
    related: ["ExAcquireSpinLockShared"],
    example: "shared-spin-lock",
  },
  ExAcquireSpinLockExclusive: {
    summary: "Takes a spin lock alone, to write what it guards, and raises the IRQL to DISPATCH_LEVEL.",
    parameters: { SpinLock: SHARED_LOCK },
    returns: "The IRQL of before, which `ExReleaseSpinLockExclusive` gets back.",
    ownership: "The lock is the caller's alone until the release.",
    failure: NO_FAILURE,
    remarks: ["The lock is a zeroed word, as for `ExAcquireSpinLockShared`."],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["ExReleaseSpinLockExclusive", "ExAcquireSpinLockShared"],
    example: "shared-spin-lock",
  },
  ExReleaseSpinLockExclusive: {
    summary: "Gives a spin lock back that the caller had alone, and sets the IRQL that it has kept.",
    parameters: {
      SpinLock:
        "A lock that the caller took with `ExAcquireSpinLockExclusive`, or with `ExAcquireSpinLockShared` and then converted.",
      OldIrql: "What the acquire returned.",
    },
    ownership: "The lock is free for the next one.",
    remarks: ["The caller is at DISPATCH_LEVEL, where the acquire put it."],
    rules: ["SPIN-UNHELD", "SPIN-MIX", "SPIN-ORDER"],
    related: ["ExAcquireSpinLockExclusive", "ExTryConvertSharedSpinLockExclusive"],
    example: "shared-spin-lock",
  },
  ExTryConvertSharedSpinLockExclusive: {
    summary: "Turns the share of a spin lock into the whole of it, when nobody else has a share.",
    parameters: { SpinLock: "A lock that the caller shares." },
    returns: "TRUE when the caller has the lock alone now, FALSE when it shares it still.",
    ownership:
      "After TRUE the lock is released by `ExReleaseSpinLockExclusive`, or by `ExReleaseSpinLockExclusiveFromDpcLevel` if the share was taken at DPC level; after FALSE as before.",
    failure:
      "FALSE, and the share is the caller's as it was. To write, it is released and the lock taken alone; what was read may have changed by then.",
    remarks: ["Does not wait, nor does the IRQL change. For readers that seldom find something to write."],
    decisions: [
      "Here one processor runs, and nobody else can have a share: the conversion succeeds. A driver has to be ready for FALSE all the same.",
      "Documents do not say what becomes of a lock that is not shared. Here it stays as it is, and the answer is FALSE.",
      "Its document gives DISPATCH_LEVEL as the level. A share can be taken above, so it is the least here.",
    ],
    rules: ["SPIN-UNHELD"],
    related: ["ExAcquireSpinLockShared", "ExReleaseSpinLockExclusive"],
    example: "shared-spin-lock",
  },
  ExAcquireSpinLockSharedAtDpcLevel: {
    summary: "Takes a share of a spin lock for a caller at DISPATCH_LEVEL or above, and leaves the IRQL alone.",
    parameters: { SpinLock: SHARED_LOCK },
    ownership: "The caller has a share until `ExReleaseSpinLockSharedFromDpcLevel`.",
    failure: NO_FAILURE,
    remarks: [AT_LEAST],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["ExReleaseSpinLockSharedFromDpcLevel", "ExAcquireSpinLockShared"],
    example: "shared-spin-lock-at-dpc-level",
  },
  ExReleaseSpinLockSharedFromDpcLevel: {
    summary: "Gives back a share that was taken at DPC level, and leaves the IRQL alone.",
    parameters: { SpinLock: "A lock that the caller took with `ExAcquireSpinLockSharedAtDpcLevel`." },
    ownership: "The share is gone. With the last one the lock is free.",
    remarks: [AT_LEAST],
    rules: ["SPIN-UNHELD", "SPIN-MIX"],
    related: ["ExAcquireSpinLockSharedAtDpcLevel", "ExReleaseSpinLockShared"],
    example: "shared-spin-lock-at-dpc-level",
  },
  ExAcquireSpinLockExclusiveAtDpcLevel: {
    summary: "Takes a spin lock alone for a caller at DISPATCH_LEVEL or above, and leaves the IRQL alone.",
    parameters: { SpinLock: SHARED_LOCK },
    ownership: "The lock is the caller's alone until `ExReleaseSpinLockExclusiveFromDpcLevel`.",
    failure: NO_FAILURE,
    remarks: [AT_LEAST],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["ExReleaseSpinLockExclusiveFromDpcLevel", "ExAcquireSpinLockExclusive"],
    example: "shared-spin-lock-at-dpc-level",
  },
  ExReleaseSpinLockExclusiveFromDpcLevel: {
    summary: "Gives back a lock that the caller had alone at DPC level, and leaves the IRQL alone.",
    parameters: {
      SpinLock:
        "A lock that the caller took with `ExAcquireSpinLockExclusiveAtDpcLevel`, or with `ExAcquireSpinLockSharedAtDpcLevel` and then converted.",
    },
    ownership: "The lock is free for the next one.",
    remarks: [AT_LEAST],
    rules: ["SPIN-UNHELD", "SPIN-MIX"],
    related: ["ExAcquireSpinLockExclusiveAtDpcLevel", "ExReleaseSpinLockExclusive"],
    example: "shared-spin-lock-at-dpc-level",
  },
} as const satisfies DdiPages;
