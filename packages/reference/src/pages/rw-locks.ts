import type { DdiPages } from "../page.js";

const STATE =
  "Room for a LOCK_STATE_EX, on the stack as a rule: another one for each hold. It stays where it is until the release.";
const FLAGS =
  "`NDIS_RWL_AT_DISPATCH_LEVEL` when the caller knows that it is at DISPATCH_LEVEL; otherwise 0. Do not ask for the IRQL to find out: the call itself does that at less cost.";
const WRITER_MAY_READ =
  "Documents allow reader within reader and writer within writer, forbid writer within reader, and are silent about reader within writer. Nobody is in the way of that one, so it is allowed here.";
const FLAGS_TYPE = "The text of its document calls Flags a ULONG, the prototype a UCHAR. It is a UCHAR.";
const WAITS = "There is none. A reader that asks to write waits for itself, which here ends the run of the driver.";

export const RW_LOCK_PAGES = {
  NdisAllocateRWLock: {
    summary: "Allocates a lock that many readers share, or one writer has alone.",
    parameters: {
      NdisHandle:
        "A handle of the driver or of one of its instances. From Windows 8 on NULL in DriverEntry, where there is none yet. It is not looked at here.",
    },
    returns: "The lock, free; NULL when memory is short.",
    ownership: "The lock is the caller's, who frees it with `NdisFreeRWLock`. What is in it is NDIS's business.",
    failure: "NULL, and nothing is allocated.",
    remarks: [
      "For what is looked at with every frame and changed now and then, a table of addresses say. Readers on different processors do not get in each other's way at all.",
      "A writer has to wait until there is no reader, and new readers may overtake it. Where writing is common a plain spin lock is better.",
      "It does not keep interrupt handlers out.",
    ],
    decisions: ["One processor runs here, so nobody is ever seen to wait for another."],
    rules: ["MEM-LEAK"],
    related: ["NdisFreeRWLock", "NdisAcquireRWLockRead", "NdisAcquireRWLockWrite", "NdisReleaseRWLock"],
    example: "table-under-a-read-write-lock",
  },
  NdisFreeRWLock: {
    summary: "Frees a read-write lock that nobody holds.",
    parameters: { Lock: "A lock of `NdisAllocateRWLock`." },
    ownership: "The lock is gone.",
    remarks: [
      "Release it first, on every path that leads here. With the verifier a held lock stays, so that its release finds it.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-FREEHELD"],
    related: ["NdisAllocateRWLock", "NdisReleaseRWLock"],
    example: "table-under-a-read-write-lock",
  },
  NdisAcquireRWLockRead: {
    summary: "Takes a read-write lock together with other readers, and raises the IRQL to DISPATCH_LEVEL.",
    parameters: { Lock: "A lock of `NdisAllocateRWLock`.", LockState: STATE, Flags: FLAGS },
    ownership:
      "The caller has one hold until `NdisReleaseRWLock` with the same state, on the same processor. What the lock guards may be read, and is written by nobody.",
    failure: "There is none.",
    remarks: [
      "A reader may take the lock again to read; each hold has its own state and its own release.",
      "Reading cannot be turned into writing: release, then take it to write, and look again, since another may have written in between.",
      "The IRQL of before is kept in the state. With the flag it stays as it is.",
    ],
    decisions: [WRITER_MAY_READ, FLAGS_TYPE],
    rules: ["SPIN-UNINIT", "SPIN-DPR-IRQL", "SPIN-EXIT"],
    related: ["NdisAcquireRWLockWrite", "NdisReleaseRWLock", "LOCK_STATE_EX"],
    example: "table-under-a-read-write-lock",
  },
  NdisAcquireRWLockWrite: {
    summary: "Takes a read-write lock alone, and raises the IRQL to DISPATCH_LEVEL.",
    parameters: { Lock: "A lock of `NdisAllocateRWLock`.", LockState: STATE, Flags: FLAGS },
    ownership: "The lock is the caller's alone until `NdisReleaseRWLock` with the same state, on the same processor.",
    failure: WAITS,
    remarks: [
      "The writer may take the lock again to write; each hold has its own state and its own release.",
      "Hold it for a few microseconds: every reader of every processor waits.",
    ],
    decisions: [WRITER_MAY_READ, FLAGS_TYPE],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-DPR-IRQL", "SPIN-EXIT"],
    related: ["NdisAcquireRWLockRead", "NdisReleaseRWLock", "LOCK_STATE_EX"],
    example: "table-under-a-read-write-lock",
  },
  NdisReleaseRWLock: {
    summary: "Gives one hold of a read-write lock back, for reading or writing, and restores the IRQL of before.",
    parameters: { Lock: "The lock.", LockState: "The state that the acquire of this hold got." },
    ownership: "The state is plain memory of the caller again. With the last hold the lock is free.",
    remarks: [
      "The caller is at DISPATCH_LEVEL, where the acquire put it.",
      "The state tells whether it was reading or writing, so it must be the right one. With another one the lock stays as it was, or gives up the wrong hold; the verifier says which was meant.",
    ],
    rules: ["SPIN-UNHELD", "SPIN-MIX", "SPIN-ORDER"],
    related: ["NdisAcquireRWLockRead", "NdisAcquireRWLockWrite"],
    example: "table-under-a-read-write-lock",
  },
} as const satisfies DdiPages;

const OLD_STATE = "Room for a LOCK_STATE, on the stack as a rule: another one for each hold.";
const WRITE = "TRUE to write, and have the lock alone; FALSE to read together with others.";

/** Those of NDIS 5.1 to 6.1. */
export const OLD_RW_LOCK_PAGES = {
  NdisInitializeReadWriteLock: {
    summary: "Makes storage of the driver a read-write lock of the older kind, which is free.",
    parameters: { Lock: "The NDIS_RW_LOCK: nonpaged." },
    ownership: "Nothing is allocated, and there is nothing to free: the memory goes, that is all.",
    remarks: ["An NDIS_RW_LOCK has counters for 32 processors and no more, which is why NDIS 6.20 replaced it."],
    rules: ["SPIN-REINIT"],
    related: ["NdisAllocateRWLock", "NdisAcquireReadWriteLock", "NDIS_RW_LOCK"],
    example: "old-read-write-lock",
  },
  NdisAcquireReadWriteLock: {
    summary: "Takes a read-write lock of the older kind, and raises the IRQL to DISPATCH_LEVEL.",
    parameters: { Lock: "A lock of `NdisInitializeReadWriteLock`.", fWrite: WRITE, LockState: OLD_STATE },
    ownership: "The caller has one hold until `NdisReleaseReadWriteLock` with the same state.",
    failure: WAITS,
    remarks: ["Its successors are two: `NdisAcquireRWLockRead` for FALSE and `NdisAcquireRWLockWrite` for TRUE."],
    decisions: [
      "Documents say nothing of taking it twice. The rules of its successor hold: reader within reader, writer within writer and reader within writer are allowed, writer within reader waits for ever.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["NdisReleaseReadWriteLock", "NdisDprAcquireReadWriteLock", "LOCK_STATE"],
    example: "old-read-write-lock",
  },
  NdisReleaseReadWriteLock: {
    summary: "Gives one hold of a read-write lock back, and restores the IRQL of before.",
    parameters: { Lock: "The lock.", LockState: "The state that the acquire of this hold got." },
    ownership: "The state is plain memory of the caller again.",
    remarks: ["The caller is at DISPATCH_LEVEL, where the acquire put it."],
    rules: ["SPIN-UNHELD", "SPIN-MIX", "SPIN-ORDER"],
    related: ["NdisAcquireReadWriteLock", "NdisDprReleaseReadWriteLock"],
    example: "old-read-write-lock",
  },
  NdisDprAcquireReadWriteLock: {
    summary: "Takes a read-write lock of the older kind for a caller at DISPATCH_LEVEL.",
    parameters: { Lock: "A lock of `NdisInitializeReadWriteLock`.", fWrite: WRITE, LockState: OLD_STATE },
    ownership: "The caller has one hold until `NdisDprReleaseReadWriteLock` with the same state.",
    failure: WAITS,
    remarks: [
      "Leaves the IRQL alone. Both kinds of acquire may be used on one lock, each with its own release.",
      "Its successors have `NDIS_RWL_AT_DISPATCH_LEVEL` for this.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-EXIT"],
    related: ["NdisDprReleaseReadWriteLock", "NdisAcquireReadWriteLock"],
    example: "old-read-write-lock",
  },
  NdisDprReleaseReadWriteLock: {
    summary: "Gives one hold back that `NdisDprAcquireReadWriteLock` took, and leaves the IRQL alone.",
    parameters: { Lock: "The lock.", LockState: "The state that the acquire of this hold got." },
    ownership: "The state is plain memory of the caller again.",
    rules: ["SPIN-UNHELD", "SPIN-MIX"],
    related: ["NdisDprAcquireReadWriteLock", "NdisReleaseReadWriteLock"],
    example: "old-read-write-lock",
  },
} as const satisfies DdiPages;
