import type { DdiPages } from "../page.js";

const RING = "The head of a list that was initialized; nonpaged, the driver's.";
const ENTRY = "The LIST_ENTRY within what is to be put in: nonpaged, and in no list yet.";
const NDIS_LOCK = "The NDIS_SPIN_LOCK of this list, which the caller does not hold.";
const LOCK = "The KSPIN_LOCK of this list, which the caller does not hold.";
const IN =
  "The entry, and what it lies in, stays where it is until it is taken out; only its two links belong to the list.";
const ALONE =
  "Everything that touches the list at the same time uses these functions, with the same lock. A list that `InsertTailList` and its like change under an acquired lock is changed by them everywhere: the kernel's functions may take the lock with interrupts masked, above the level of an acquire.";
const ANY_LEVEL =
  "The facts of its document say any IRQL, its text that the IRQL goes up to DISPATCH_LEVEL for the time of the call. The function behind it takes any. So it is here, and the IRQL is the same before, within and after.";
const RULES = ["SPIN-UNINIT", "SPIN-RECUR", "MEM-UAF"] as const;

export const LIST_PAGES = {
  NdisInitializeListHead: {
    summary: "Makes the head of a doubly linked list that is empty.",
    parameters: { _ListHead: "A LIST_ENTRY of the driver, nonpaged, that is to be the head." },
    ownership:
      "The storage stays the driver's. Nothing has to be done at the end of its life but to see that it is empty.",
    remarks: [
      "An empty list is a ring of one: both links lead to the head itself. So a head cannot be copied or moved, and zeroed memory is no empty list.",
      "The same as `InitializeListHead`. For a queue between functions of the driver a spin lock belongs to it; `NdisAllocateSpinLock` makes it one.",
    ],
    related: ["NdisInterlockedInsertTailList", "NdisInterlockedRemoveHeadList", "LIST_ENTRY"],
    example: "queue-under-a-lock",
  },
  NdisInterlockedInsertHeadList: {
    summary: "Puts an entry in front of all others of a list, under a spin lock.",
    parameters: { _ListHead: RING, _ListEntry: ENTRY, _SpinLock: NDIS_LOCK },
    returns: "The entry that was first before, NULL when the list was empty.",
    ownership: IN,
    failure: "There is none. A lock that the caller holds already never becomes free.",
    remarks: [
      "For what was taken out and has to be tried again; what is new goes to the end, with `NdisInterlockedInsertTailList`.",
      ALONE,
      "In C a macro around `ExInterlockedInsertHeadList`, and findings have that name.",
    ],
    decisions: [
      "Its document says nothing of a result, and later speaks of the entry that was put in. The function behind it gives the one that was first before, and so does this.",
      ANY_LEVEL,
    ],
    rules: RULES,
    related: ["NdisInterlockedInsertTailList", "NdisInterlockedRemoveHeadList", "NdisInitializeListHead"],
    example: "queue-under-a-lock",
  },
  NdisInterlockedInsertTailList: {
    summary: "Puts an entry behind all others of a list, under a spin lock.",
    parameters: { _ListHead: RING, _ListEntry: ENTRY, _SpinLock: NDIS_LOCK },
    returns: "The entry that was last before, NULL when the list was empty.",
    ownership: IN,
    failure: "There is none. A lock that the caller holds already never becomes free.",
    remarks: [
      "NULL tells the one who put the first entry into an empty queue, and so who has to start the work on it.",
      ALONE,
      "In C a macro around `ExInterlockedInsertTailList`, and findings have that name.",
    ],
    decisions: [
      "Its document says nothing of a result. The function behind it gives the entry that was last before, and so does this.",
      ANY_LEVEL,
    ],
    rules: RULES,
    related: ["NdisInterlockedRemoveHeadList", "NdisInterlockedInsertHeadList", "NdisInitializeListHead"],
    example: "queue-under-a-lock",
  },
  NdisInterlockedRemoveHeadList: {
    summary: "Takes the first entry out of a list, under a spin lock.",
    parameters: { _ListHead: RING, _SpinLock: NDIS_LOCK },
    returns: "The entry; `CONTAINING_RECORD` gets from it to what it lies in. NULL when the list is empty.",
    ownership: "The entry is in no list any more, and the caller's.",
    failure: "NULL, and the list is empty as it was.",
    remarks: [
      "Better than to ask `IsListEmpty` first: between question and removal another processor may take the last one.",
      ALONE,
      "In C a macro around `ExInterlockedRemoveHeadList`, and findings have that name.",
    ],
    decisions: [ANY_LEVEL],
    rules: RULES,
    related: ["NdisInterlockedInsertTailList", "NdisInterlockedInsertHeadList"],
    example: "queue-under-a-lock",
  },
  ExInterlockedInsertHeadList: {
    summary: "Puts an entry in front of all others of a list, under a spin lock of the kernel.",
    parameters: { ListHead: RING, ListEntry: ENTRY, Lock: LOCK },
    returns: "The entry that was first before, NULL when the list was empty.",
    ownership: IN,
    failure: "There is none. A lock that the caller holds already never becomes free.",
    remarks: [ALONE, "The head is made by `InitializeListHead`, the lock by `KeInitializeSpinLock`."],
    rules: RULES,
    related: ["ExInterlockedInsertTailList", "ExInterlockedRemoveHeadList", "NdisInterlockedInsertHeadList"],
    example: "queue-under-a-kernel-lock",
  },
  ExInterlockedInsertTailList: {
    summary: "Puts an entry behind all others of a list, under a spin lock of the kernel.",
    parameters: { ListHead: RING, ListEntry: ENTRY, Lock: LOCK },
    returns: "The entry that was last before, NULL when the list was empty.",
    ownership: IN,
    failure: "There is none. A lock that the caller holds already never becomes free.",
    remarks: [ALONE],
    rules: RULES,
    related: ["ExInterlockedInsertHeadList", "ExInterlockedRemoveHeadList", "NdisInterlockedInsertTailList"],
    example: "queue-under-a-kernel-lock",
  },
  ExInterlockedRemoveHeadList: {
    summary: "Takes the first entry out of a list, under a spin lock of the kernel.",
    parameters: { ListHead: RING, Lock: LOCK },
    returns: "The entry, NULL when the list is empty.",
    ownership: "The entry is in no list any more, and the caller's.",
    failure: "NULL, and the list is empty as it was.",
    remarks: ["Unlike `RemoveHeadList`, which gives the head itself when there is nothing else.", ALONE],
    rules: RULES,
    related: ["ExInterlockedInsertHeadList", "ExInterlockedInsertTailList", "NdisInterlockedRemoveHeadList"],
    example: "queue-under-a-kernel-lock",
  },
  ExInterlockedPushEntryList: {
    summary: "Puts an entry on top of a singly linked list, under a spin lock.",
    parameters: {
      ListHead: "A SINGLE_LIST_ENTRY of the driver that is the head: its Next is the top. Zeroed, it is an empty list.",
      ListEntry: "The SINGLE_LIST_ENTRY within what is to be put in: nonpaged, and in no list yet.",
      Lock: LOCK,
    },
    returns: "The entry that was on top before, NULL when the list was empty.",
    ownership: "The entry stays where it is until it is popped; only its link belongs to the list.",
    failure: "There is none. A lock that the caller holds already never becomes free.",
    remarks: [
      "What was pushed last is popped first. `ExInterlockedPushEntrySList` does the same without a lock, on a list of another kind: the two cannot be mixed.",
    ],
    rules: RULES,
    related: ["ExInterlockedPopEntryList", "SINGLE_LIST_ENTRY", "ExInterlockedPushEntrySList"],
    example: "stack-under-a-kernel-lock",
  },
  ExInterlockedPopEntryList: {
    summary: "Takes the top entry off a singly linked list, under a spin lock.",
    parameters: { ListHead: "The head of the list.", Lock: LOCK },
    returns: "The entry, NULL when the list is empty.",
    ownership: "The entry is the caller's. Its Next is as it was in the list, and means nothing any more.",
    failure: "NULL, and the list is empty as it was.",
    rules: RULES,
    related: ["ExInterlockedPushEntryList", "ExInterlockedPopEntrySList"],
    example: "stack-under-a-kernel-lock",
  },
} as const satisfies DdiPages;

const HEAD = "An SLIST_HEADER that was initialized; nonpaged.";
const NO_LOCK =
  "A spin lock from older days, not held by the caller; NULL does as well. It is not looked at, and needs not even be initialized here.";
const LOCK_IS_DROPPED =
  "Documents ask for an initialized lock, which the call takes. The macro in C drops it, unless it is compiled for Windows 2000; so does this.";

/** Lists that need no lock. */
export const SEQUENCED_LIST_PAGES = {
  NdisInitializeSListHead: {
    summary: "Makes the head of a sequenced list that is empty.",
    parameters: { SListHead: "The SLIST_HEADER: nonpaged, on an address that 8 divides, or 16 on 64-bit Windows." },
    ownership: "The storage stays the driver's.",
    remarks: [
      "A stack that several processors push to and pop from without a lock. Where the order matters, as for frames that wait, it is the wrong list: use `NdisInterlockedInsertTailList`.",
      "For memory of one size that comes and goes there is `NdisInitializeNPagedLookasideList`, which has such a list inside.",
    ],
    related: ["NdisInterlockedPushEntrySList", "NdisInterlockedPopEntrySList", "SLIST_HEADER"],
    example: "entries-in-two-lists",
  },
  NdisInterlockedPushEntrySList: {
    summary: "Puts an entry on top of a sequenced list.",
    parameters: {
      SListHead: HEAD,
      SListEntry:
        "The SINGLE_LIST_ENTRY within what is to be put in: nonpaged, in no list yet, and aligned as the head is.",
      Lock: NO_LOCK,
    },
    returns: "The entry that was on top before, NULL when the list was empty.",
    ownership:
      "The entry is the list's until it is popped. Its memory stays readable even then, as long as another processor may be in the middle of a pop that has seen it.",
    decisions: [LOCK_IS_DROPPED],
    related: ["NdisInterlockedPopEntrySList", "NdisQueryDepthSList", "ExInterlockedPushEntrySList"],
    example: "entries-in-two-lists",
  },
  NdisInterlockedPopEntrySList: {
    summary: "Takes the top entry off a sequenced list.",
    parameters: { SListHead: HEAD, Lock: NO_LOCK },
    returns: "The entry, NULL when the list is empty.",
    ownership: "The entry is the caller's.",
    failure: "NULL, and the list is empty as it was.",
    decisions: [LOCK_IS_DROPPED],
    related: ["NdisInterlockedPushEntrySList", "NdisInterlockedFlushSList", "ExInterlockedPopEntrySList"],
    example: "entries-in-two-lists",
  },
  NdisInterlockedFlushSList: {
    summary: "Takes all entries off a sequenced list at once.",
    parameters: { SListHead: HEAD },
    returns: "The top entry, from which Next leads to the others, down to NULL; NULL when the list was empty.",
    ownership: "All the entries are the caller's, to be walked without haste and each freed for itself.",
    remarks: ["Read Next of an entry before freeing it."],
    decisions: ["It has no document of its own; that of `ExInterlockedFlushSList`, which it is, stands for it."],
    related: ["ExInterlockedFlushSList", "NdisInterlockedPopEntrySList"],
    example: "empty-a-list-at-once",
  },
  NdisQueryDepthSList: {
    summary: "Tells how many entries a sequenced list has.",
    parameters: { SListHead: HEAD },
    returns: "The number, as of this moment; 65535 is followed by 0.",
    ownership: "Nothing changes hands.",
    remarks: ["Good for deciding whether to keep one more, not for deciding whether a pop will succeed."],
    related: ["NdisInterlockedPopEntrySList", "SLIST_HEADER"],
    example: "entries-in-two-lists",
  },
  ExInterlockedPushEntrySList: {
    summary: "Puts an entry on top of a sequenced list, by the kernel's name.",
    parameters: {
      ListHead: HEAD,
      ListEntry: "As for `NdisInterlockedPushEntrySList`.",
      Lock: NO_LOCK,
    },
    returns: "The entry that was on top before, NULL when the list was empty.",
    ownership: "As for `NdisInterlockedPushEntrySList`.",
    remarks: ["In C the macro leads to `InterlockedPushEntrySList`, which has no lock among its parameters."],
    decisions: [LOCK_IS_DROPPED],
    related: ["ExInterlockedPopEntrySList", "NdisInterlockedPushEntrySList"],
    example: "empty-a-list-at-once",
  },
  ExInterlockedPopEntrySList: {
    summary: "Takes the top entry off a sequenced list, by the kernel's name.",
    parameters: { ListHead: HEAD, Lock: NO_LOCK },
    returns: "The entry, NULL when the list is empty.",
    ownership: "The entry is the caller's.",
    failure: "NULL, and the list is empty as it was.",
    decisions: [LOCK_IS_DROPPED],
    related: ["ExInterlockedPushEntrySList", "NdisInterlockedPopEntrySList"],
    example: "empty-a-list-at-once",
  },
  ExInterlockedFlushSList: {
    summary: "Takes all entries off a sequenced list at once, by the kernel's name.",
    parameters: { ListHead: HEAD },
    returns: "The top entry, from which Next leads to the others; NULL when the list was empty.",
    ownership: "All the entries are the caller's. They are not freed: the list has forgotten them, that is all.",
    related: ["NdisInterlockedFlushSList", "ExInterlockedPopEntrySList"],
    example: "empty-a-list-at-once",
  },
} as const satisfies DdiPages;
