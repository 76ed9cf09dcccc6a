import type { StructurePages } from "../page.js";

/** What locks, lists and counted strings are made of. */
export const LOCK_STRUCTURE_PAGES = {
  LIST_ENTRY: {
    summary: "The head or an entry of a doubly linked list; it lies within whatever is listed.",
    members: {
      Flink: "The next entry. Of the head the first one, of the last one the head.",
      Blink: "The entry before. Of the head the last one, of the first one the head.",
    },
    ownership: "While it is in a list, its links belong to the list and its memory stays where it is.",
    remarks: [
      "A ring: an empty list has both links of its head on the head. Zeroes are neither an empty list nor an entry.",
      "`CONTAINING_RECORD` gets from the entry back to what it lies in. An object that can be in two lists at once has two of them.",
    ],
    related: ["NdisInitializeListHead", "NdisInterlockedInsertTailList", "SINGLE_LIST_ENTRY"],
    example: "queue-under-a-lock",
  },
  SINGLE_LIST_ENTRY: {
    summary: "The head or an entry of a singly linked list; SLIST_ENTRY is the same by another name.",
    members: { Next: "The next entry, NULL at the end. Of the head the top one." },
    ownership: "While it is in a list, its link belongs to the list and its memory stays where it is.",
    remarks: ["Zeroes are an empty list. In a sequenced list it is an entry; the head there is an SLIST_HEADER."],
    decisions: [
      "On 64-bit Windows an SLIST_ENTRY is aligned to 16. On 32-bit Windows the two are one type, and so they are here.",
    ],
    related: ["ExInterlockedPushEntryList", "NdisInterlockedPushEntrySList", "SLIST_HEADER"],
    example: "stack-under-a-kernel-lock",
  },
  KLOCK_QUEUE_HANDLE: {
    summary: "One hold of a queued spin lock: place in the queue, and the IRQL to go back to.",
    members: {
      LockQueue: "Its place among those that wait, and which lock it is.",
      OldIrql: "The IRQL before the acquire.",
    },
    ownership:
      "The storage is the caller's, on its stack as a rule. From the acquire to the release it is the kernel's, and processors that wait look at it: it must not move or go.",
    remarks: ["One for each hold, never shared between two places that acquire."],
    rules: ["SPIN-UNHELD", "SPIN-MIX"],
    related: ["KeAcquireInStackQueuedSpinLock", "KeReleaseInStackQueuedSpinLock", "KSPIN_LOCK_QUEUE"],
    example: "queued-spin-lock",
  },
  KSPIN_LOCK_QUEUE: {
    summary: "A place in the queue for a spin lock: the first member of a KLOCK_QUEUE_HANDLE.",
    members: {
      Next: "Who comes after this one. The kernel's.",
      Lock: "The lock.",
    },
    ownership: "A part of the handle, and as that the kernel's while the lock is waited for or held.",
    decisions: ["One processor runs here and nobody waits, so Next is NULL."],
    related: ["KLOCK_QUEUE_HANDLE"],
    example: "queued-spin-lock",
  },
  NDIS_RW_LOCK: {
    summary: "The read-write lock of NDIS 5.1 to 6.1, in storage of the driver.",
    members: {
      SpinLock: "What a writer holds.",
      Context: "The writer.",
      Reserved: "Both, as bytes that fill a cache line.",
      RefCount: "How many readers each processor has.",
      RefCountEx: "The same memory as plain numbers.",
      RefCountLock: "A lock for counting all readers in one place.",
      SharedRefCount: "How many there are then.",
      WriterWaiting: "Whether a writer waits for them.",
    },
    ownership: "The storage is the driver's, nonpaged; the members are NDIS's.",
    remarks: [
      "Big, since every processor counts its readers in a cache line of its own and disturbs no other. NDIS 6.20 and later allocate the lock with `NdisAllocateRWLock`, whose readers have room for any number of processors.",
    ],
    decisions: [
      "Of all the members two are used here: SpinLock counts the holds of the writer, and the first number of RefCountEx those of readers.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-REINIT"],
    related: ["NdisInitializeReadWriteLock", "NdisAcquireReadWriteLock", "NDIS_RW_LOCK_REFCOUNT", "LOCK_STATE"],
    example: "old-read-write-lock",
  },
  NDIS_RW_LOCK_REFCOUNT: {
    summary: "The readers that one processor has of an NDIS_RW_LOCK, with room around them.",
    members: {
      RefCount: "How many.",
      cacheLine:
        "What makes it so long that two counters do not share a cache line, as long as that was when it was made.",
    },
    ownership: "A part of the lock, NDIS's.",
    related: ["NDIS_RW_LOCK"],
    example: "old-read-write-lock",
  },
  LOCK_STATE: {
    summary: "One hold of an NDIS_RW_LOCK: for reading or writing, and the IRQL to go back to.",
    members: {
      LockState: "How the lock is held: here 1 for reading, 2 for writing and 0 after the release.",
      OldIrql: "The IRQL before the acquire.",
    },
    ownership: "The storage is the caller's. From the acquire to the release NDIS's.",
    remarks: ["One for each hold: whoever takes the lock twice has two."],
    rules: ["SPIN-MIX"],
    related: ["NdisAcquireReadWriteLock", "NdisReleaseReadWriteLock", "LOCK_STATE_EX"],
    example: "old-read-write-lock",
  },
  NDIS_RW_LOCK_EX: {
    summary: "A read-write lock that NDIS allocated.",
    members: {},
    ownership: "NDIS's memory, the driver's to use from `NdisAllocateRWLock` to `NdisFreeRWLock`.",
    remarks: [
      "Many readers or one writer. What a hold needs is not in the lock but in the LOCK_STATE_EX of whoever holds it.",
      "Every processor counts its readers for itself, so that reading costs little on many processors, and the lock has room for as many as the computer may get.",
    ],
    rules: ["SPIN-RECUR", "SPIN-UNHELD"],
    related: ["NdisAllocateRWLock", "NdisFreeRWLock", "NdisAcquireRWLockRead", "LOCK_STATE_EX", "NDIS_RW_LOCK"],
    example: "table-under-a-read-write-lock",
  },
  LOCK_STATE_EX: {
    summary: "One hold of a read-write lock that NDIS allocated.",
    members: {
      OldIrql: "The IRQL before the acquire.",
      LockState: "How the lock is held: here 1 for reading, 2 for writing and 0 after the release.",
      Flags: "Those of the acquire.",
    },
    ownership: "The storage is the caller's, on its stack as a rule. From the acquire to the release NDIS's.",
    remarks: [
      "One for each hold: whoever takes the lock twice has two. A release with the wrong one gives up the wrong hold.",
    ],
    rules: ["SPIN-MIX"],
    related: ["NdisAcquireRWLockRead", "NdisAcquireRWLockWrite", "NdisReleaseRWLock"],
    example: "table-under-a-read-write-lock",
  },
  FAST_MUTEX: {
    summary: "A mutex that a thread has once at most; KGUARDED_MUTEX is the same by another name.",
    members: {
      Count: "1 while it is free, less while a thread has it.",
      Owner: "The thread that has it.",
      Contention: "How often a thread had to wait.",
      Event: "What those that wait sleep on.",
      OldIrql: "The IRQL before `ExAcquireFastMutex`, for `ExReleaseFastMutex` to restore.",
    },
    ownership: "The storage is the driver's, nonpaged; the members are the kernel's.",
    remarks: ["Not recursive, and released by the thread that took it."],
    decisions: ["There is one thread here, so that Owner and Contention stay 0."],
    rules: ["SPIN-UNINIT", "SPIN-RECUR", "SPIN-UNHELD"],
    related: ["ExInitializeFastMutex", "ExAcquireFastMutex", "KeInitializeGuardedMutex"],
    example: "fast-mutex",
  },
  ULARGE_INTEGER: {
    summary: "64 bits without a sign, of which both halves have a name.",
    members: {
      LowPart: "The low half.",
      HighPart: "The high half.",
      u: "Both halves again, for compilers that know no unnamed structs.",
      QuadPart: "All of it.",
    },
    ownership: "A plain value: it is copied.",
    remarks: [
      "Like LARGE_INTEGER in all but the sign, alignment to 8 included. Counters of statistics are of this type.",
    ],
    related: ["LARGE_INTEGER", "NdisInterlockedAddLargeStatistic"],
    example: "add-to-statistics",
  },
  UNICODE_STRING: {
    summary: "A string of UTF-16 with its length; NDIS_STRING is the same by another name.",
    members: {
      Length: "How long the text is, in bytes and without a closing zero.",
      MaximumLength: "How long Buffer is, in bytes.",
      Buffer: "The text. Whether a zero follows is not said.",
    },
    ownership: "The structure owns nothing: whoever made it knows where the text came from and who frees it.",
    remarks: [
      'Bytes, not characters: the text of "ab" has Length 4. Print it with `%wZ`, never Buffer with `%ws`, which looks for a zero.',
      "The registry path that DriverEntry gets is the system's; what is needed later is copied.",
    ],
    related: ["RtlInitUnicodeString", "STRING"],
    example: "strings-with-a-length",
  },
  STRING: {
    summary:
      "A string of bytes with its length; ANSI_STRING, OEM_STRING and NDIS_ANSI_STRING are the same by other names.",
    members: {
      Length: "How long the text is, in bytes and without a closing zero.",
      MaximumLength: "How long Buffer is, in bytes.",
      Buffer: "The text. Whether a zero follows is not said.",
    },
    ownership: "The structure owns nothing, as a UNICODE_STRING.",
    remarks: ["Print it with `%Z`."],
    related: ["UNICODE_STRING"],
    example: "strings-with-a-length",
  },
} as const satisfies StructurePages;
