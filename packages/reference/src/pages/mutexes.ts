import type { DdiPages } from "../page.js";

const WAITS =
  "There is none: a thread that has the mutex and asks again waits for ever, which here ends the run of the driver.";
const NO_APCS = "No APC is ever delivered here, so a region shows in `KeAreApcsDisabled` and nowhere else.";
const UNBALANCED =
  "Documents do not say what a leave without an enter does. Here, as each enter and leave counts by one, the count goes below zero and APCs pass for disabled.";

/** Regions in which a thread gets no APCs. */
export const REGION_PAGES = {
  KeEnterCriticalRegion: {
    summary: "Keeps normal APCs from the current thread.",
    ownership: "The thread leaves the region as often as it entered, with `KeLeaveCriticalRegion`.",
    remarks: [
      "So that the thread cannot be suspended while it holds something that others wait for: a mutex taken with `ExAcquireFastMutexUnsafe`, an ERESOURCE, a push lock.",
      "Special kernel APCs still come, among them those that complete I/O. `KeEnterGuardedRegion` keeps them out, too.",
      NO_APCS,
    ],
    decisions: ["Documents name ntddk.h as its header; wdm.h declares it as well, and so it is here."],
    related: ["KeLeaveCriticalRegion", "KeEnterGuardedRegion", "KeAreApcsDisabled"],
    example: "mutex-in-a-critical-region",
  },
  KeLeaveCriticalRegion: {
    summary: "Leaves a critical region; out of the outermost one, normal APCs come again.",
    ownership: "Once for each `KeEnterCriticalRegion`, by the same thread.",
    decisions: [UNBALANCED],
    related: ["KeEnterCriticalRegion"],
    example: "mutex-in-a-critical-region",
  },
  KeEnterGuardedRegion: {
    summary: "Keeps all APCs from the current thread, special ones included.",
    ownership: "The thread leaves the region as often as it entered, with `KeLeaveGuardedRegion`.",
    remarks: [
      "Costs less than raising the IRQL to APC_LEVEL, and keeps the same out. I/O that completes by an APC of this thread does not complete within.",
      NO_APCS,
    ],
    related: ["KeLeaveGuardedRegion", "KeAcquireGuardedMutex", "KeEnterCriticalRegion"],
    example: "guarded-mutex",
  },
  KeLeaveGuardedRegion: {
    summary: "Leaves a guarded region; out of the outermost one, APCs come again.",
    ownership: "Once for each `KeEnterGuardedRegion`, by the same thread.",
    decisions: [UNBALANCED],
    related: ["KeEnterGuardedRegion"],
    example: "guarded-mutex",
  },
  KeAreApcsDisabled: {
    summary: "Tells whether the current thread is in a critical or a guarded region.",
    returns: "TRUE inside of a region of either kind, FALSE elsewhere.",
    remarks: ["A guarded mutex that is held counts, since the thread is in a guarded region then."],
    decisions: [
      "At APC_LEVEL, as with a fast mutex, no APC comes either. Documents speak of regions only, and so the answer is FALSE there.",
    ],
    related: ["KeEnterCriticalRegion", "KeEnterGuardedRegion"],
    example: "mutex-in-a-critical-region",
  },
} as const satisfies DdiPages;

export const MUTEX_PAGES = {
  ExInitializeFastMutex: {
    summary: "Makes storage of the driver a fast mutex that nobody has.",
    parameters: { FastMutex: "The FAST_MUTEX: nonpaged, on an address that 4 divides, or 8 on 64-bit Windows." },
    ownership:
      "The storage stays the driver's. There is no function that ends the mutex: its memory is freed, that is all.",
    remarks: [
      "For what only threads below DISPATCH_LEVEL touch: configuration, lists of adapters. Whoever finds it taken sleeps, so what it guards may be paged and the work may be long. What frames touch needs a spin lock.",
    ],
    related: ["ExAcquireFastMutex", "KeInitializeGuardedMutex", "FAST_MUTEX"],
    example: "fast-mutex",
  },
  ExAcquireFastMutex: {
    summary: "Takes a fast mutex, sleeping until it is free, and raises the IRQL to APC_LEVEL.",
    parameters: { FastMutex: "A mutex of `ExInitializeFastMutex` that this thread does not have." },
    ownership: "The mutex is the thread's until `ExReleaseFastMutex`, which the same thread calls.",
    failure: WAITS,
    remarks: [
      "At APC_LEVEL no APC comes, so nothing can suspend the thread that others wait for. The IRQL of before is kept in the mutex.",
      "Never with a spin lock held: at DISPATCH_LEVEL nobody may sleep.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR"],
    related: ["ExReleaseFastMutex", "ExTryToAcquireFastMutex", "ExAcquireFastMutexUnsafe"],
    example: "fast-mutex",
  },
  ExTryToAcquireFastMutex: {
    summary: "Takes a fast mutex when it is free, and goes on without it when it is not.",
    parameters: { FastMutex: "A mutex of `ExInitializeFastMutex`." },
    returns: "TRUE when the thread has the mutex now; FALSE when some thread has it, be it this one.",
    ownership: "After TRUE the mutex is the thread's until `ExReleaseFastMutex`.",
    failure: "FALSE, and neither mutex nor IRQL have changed.",
    decisions: [
      "It would not have to sleep, and yet its document has the limit of `ExAcquireFastMutex`: APC_LEVEL, to which it raises.",
    ],
    rules: ["SPIN-UNINIT"],
    related: ["ExAcquireFastMutex", "ExReleaseFastMutex"],
    example: "fast-mutex",
  },
  ExReleaseFastMutex: {
    summary: "Gives a fast mutex back and restores the IRQL of before.",
    parameters: { FastMutex: "A mutex that the thread took with `ExAcquireFastMutex` or `ExTryToAcquireFastMutex`." },
    ownership: "The mutex is free for the next one.",
    remarks: [
      "The caller is at APC_LEVEL, where the acquire put it.",
      "After `ExAcquireFastMutexUnsafe` it would restore an IRQL that nobody kept. Several mutexes are released in reverse order.",
    ],
    rules: ["SPIN-UNHELD"],
    related: ["ExAcquireFastMutex", "ExReleaseFastMutexUnsafe"],
    example: "fast-mutex",
  },
  ExAcquireFastMutexUnsafe: {
    summary: "Takes a fast mutex for a thread that gets no APCs anyway, and leaves the IRQL alone.",
    parameters: { FastMutex: "A mutex of `ExInitializeFastMutex` that this thread does not have." },
    ownership: "The mutex is the thread's until `ExReleaseFastMutexUnsafe`, which the same thread calls.",
    failure: WAITS,
    remarks: [
      "The thread is at APC_LEVEL or in a critical region, and stays so until the release. Nothing here checks that.",
      "In a critical region at PASSIVE_LEVEL the holder may call functions that want that level, which it may not after `ExAcquireFastMutex`.",
    ],
    decisions: [
      "The facts of its document say APC_LEVEL, its text also below in a critical region. The text is right.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR"],
    related: ["ExReleaseFastMutexUnsafe", "KeEnterCriticalRegion", "ExAcquireFastMutex"],
    example: "mutex-in-a-critical-region",
  },
  ExReleaseFastMutexUnsafe: {
    summary: "Gives back a fast mutex that `ExAcquireFastMutexUnsafe` took, and leaves the IRQL alone.",
    parameters: { FastMutex: "A mutex that the thread took with `ExAcquireFastMutexUnsafe`." },
    ownership: "The mutex is free for the next one.",
    remarks: ["After `ExAcquireFastMutex` it would leave the thread at APC_LEVEL."],
    rules: ["SPIN-UNHELD"],
    related: ["ExAcquireFastMutexUnsafe", "KeLeaveCriticalRegion"],
    example: "mutex-in-a-critical-region",
  },
  KeInitializeGuardedMutex: {
    summary: "Makes storage of the driver a guarded mutex that nobody has.",
    parameters: {
      Mutex: "The KGUARDED_MUTEX: from nonpaged pool, on an address that 4 divides, or 8 on 64-bit Windows.",
    },
    ownership: "The storage stays the driver's. There is no function that ends the mutex.",
    remarks: [
      "A fast mutex whose holder stays at its IRQL, in a guarded region. From Windows 8 on the two are made alike.",
      "The structure is FAST_MUTEX by another name; the functions of both kinds are not mixed on one mutex.",
    ],
    related: ["KeAcquireGuardedMutex", "ExInitializeFastMutex", "FAST_MUTEX"],
    example: "guarded-mutex",
  },
  KeAcquireGuardedMutex: {
    summary: "Takes a guarded mutex, sleeping until it is free, and enters a guarded region.",
    parameters: { Mutex: "A mutex of `KeInitializeGuardedMutex` that this thread does not have." },
    ownership: "The mutex is the thread's until `KeReleaseGuardedMutex`, which the same thread calls.",
    failure: WAITS,
    remarks: ["The IRQL stays as it is; APCs do not come until the release."],
    rules: ["SPIN-UNINIT", "SPIN-RECUR"],
    related: ["KeReleaseGuardedMutex", "KeTryToAcquireGuardedMutex", "KeEnterGuardedRegion"],
    example: "guarded-mutex",
  },
  KeTryToAcquireGuardedMutex: {
    summary: "Takes a guarded mutex when it is free, and goes on without it when it is not.",
    parameters: { Mutex: "A mutex of `KeInitializeGuardedMutex`." },
    returns: "TRUE when the thread has the mutex now; FALSE when some thread has it, be it this one.",
    ownership: "After TRUE the mutex is the thread's until `KeReleaseGuardedMutex`.",
    failure: "FALSE, and the thread is in no further region.",
    decisions: [
      "Its document lets the call enter a guarded region, whatever it returns. Nothing would ever leave that region after FALSE, so it is entered with TRUE only.",
    ],
    rules: ["SPIN-UNINIT"],
    related: ["KeAcquireGuardedMutex", "KeReleaseGuardedMutex"],
    example: "guarded-mutex",
  },
  KeReleaseGuardedMutex: {
    summary: "Gives a guarded mutex back and leaves its guarded region.",
    parameters: { Mutex: "A mutex that the thread took with `KeAcquireGuardedMutex` or `KeTryToAcquireGuardedMutex`." },
    ownership: "The mutex is free for the next one.",
    rules: ["SPIN-UNHELD"],
    related: ["KeAcquireGuardedMutex", "KeTryToAcquireGuardedMutex"],
    example: "guarded-mutex",
  },
} as const satisfies DdiPages;
