import type { DdiPages } from "../page.js";

const LIST = "A list that is initialised.";
const TAG = "The pool tag of the entries: four characters, such as `'1gaT'`, which tools show as Tag1.";
const DEPTH = "0. It is not looked at here.";
const ENTRY_OUT =
  "The entry is the caller's, until it goes back to the same list. An entry that is still out when the list is deleted is lost.";
const STORAGE =
  "The storage of the list stays the driver's; it is nonpaged memory, and lives until the list is deleted. Before the driver unloads, the list is deleted: Windows keeps all lists in one chain, which would go on through memory that is gone.";
const ENTRY_BACK = "The entry is no longer the caller's.";
const KEPT =
  "The list keeps the entry for the next allocation, last in, first out. When it keeps enough of them, the entry is freed, by the function of the driver if it has one. The first bytes of an entry that is kept hold a link, so that nothing survives in it.";
const KEPT_DECISION =
  "Windows lets a list keep more or fewer entries as the demand changes. Here it keeps four at most.";
const BOTH = "NULL, as Allocate is, for the pool's; both or neither.";
const INLINE =
  "Inline in the headers until the kit of Windows 11, version 22H2, where it became an export: a driver that is built for that version does not load on an older one.";
const RESIDENT_LIST = "Storage for the list, in nonpaged memory and not in use as a list.";
const FREE_RULES = ["LOOK-UNINIT", "LOOK-FOREIGN", "MEM-DFREE", "MEM-OVERRUN", "SPIN-FREEHELD", "LOOK-INPOOL"] as const;

export const LOOKASIDE_PAGES = {
  NdisInitializeNPagedLookasideList: {
    summary: "Makes a list that keeps freed entries of one size, so that the next allocation is quick.",
    parameters: {
      Lookaside: RESIDENT_LIST,
      Allocate:
        "A function of the driver that allocates an entry when the list has none, or NULL for nonpaged pool. It gets the pool type, Size and Tag.",
      Free: `A function of the driver that frees an entry when the list keeps enough, or ${BOTH}`,
      Flags: "0.",
      Size: "Bytes of an entry, LOOKASIDE_MINIMUM_BLOCK_SIZE at least: a free one has to hold a link.",
      Tag: TAG,
      Depth: DEPTH,
    },
    ownership: STORAGE,
    remarks: [
      "No entry is allocated yet. The first ones come from the pool as they are asked for, and stay with the list as they are freed.",
      "For contexts of what is under way, such as one for each send: as many as are out at the same time, and no more calls of the pool after that.",
      "Functions of the driver are for what has to be done beside: to count, or to have a part of the entry made once for many uses. Only to call the pool in them makes the list slower.",
    ],
    decisions: [
      "Since Windows 8 the kit's function adds POOL_NX_ALLOCATION where it runs on NDIS 6.30 or later, and so it is here: Allocate gets 512 as the pool type, NonPagedPoolNx.",
      "Of Flags, which are to be 0, those that `ExInitializeNPagedLookasideList` knows are passed on to it; others are dropped.",
      KEPT_DECISION,
    ],
    rules: ["LOOK-REINIT", "LOOK-PAIR", "LOOK-SMALL", "MEM-LEAK"],
    related: [
      "NdisAllocateFromNPagedLookasideList",
      "NdisFreeToNPagedLookasideList",
      "NdisDeleteNPagedLookasideList",
      "NPAGED_LOOKASIDE_LIST",
    ],
    example: "lookaside-of-ndis",
  },
  NdisAllocateFromNPagedLookasideList: {
    summary: "Takes an entry from a lookaside list, which allocates one when it keeps none.",
    parameters: { Lookaside: LIST },
    returns: "An entry of the list's size, its content undefined; NULL when there is none and memory is short.",
    ownership: ENTRY_OUT,
    failure: "NULL; the list is as it was.",
    remarks: ["What the entry held when it was freed is in part still there. Nothing may depend on it."],
    rules: ["LOOK-UNINIT", "MEM-LEAK"],
    related: ["NdisFreeToNPagedLookasideList", "NdisInitializeNPagedLookasideList"],
    example: "lookaside-of-ndis",
  },
  NdisFreeToNPagedLookasideList: {
    summary: "Gives an entry back to its lookaside list.",
    parameters: { Lookaside: "The list that the entry came from.", Entry: "The entry." },
    ownership: ENTRY_BACK,
    remarks: [KEPT],
    decisions: [KEPT_DECISION],
    rules: FREE_RULES,
    related: ["NdisAllocateFromNPagedLookasideList", "NdisDeleteNPagedLookasideList"],
    example: "lookaside-of-ndis",
  },
  NdisDeleteNPagedLookasideList: {
    summary: "Ends a lookaside list, and frees the entries that it keeps.",
    parameters: { Lookaside: "A list to which all entries were given back." },
    ownership: "The storage is the driver's to use for something else, or to free; this does not free it.",
    remarks: [
      "Entries that are out are not freed, and cannot be given back any more.",
      "A list that was deleted may be initialised again. To delete it twice is a mistake, as it is for one that never was initialised: a driver that fails half-way through its start remembers how far it came.",
    ],
    rules: ["LOOK-UNINIT", "LOOK-OUT"],
    related: ["NdisInitializeNPagedLookasideList"],
    example: "lookaside-of-ndis",
  },
  ExInitializeNPagedLookasideList: {
    summary: "Makes a lookaside list of nonpaged entries, by the kernel's own name.",
    parameters: {
      Lookaside: RESIDENT_LIST,
      Allocate:
        "A function of the driver that allocates an entry when the list has none, or NULL for nonpaged pool. It gets the pool type, Size and Tag.",
      Free: `A function of the driver that frees an entry when the list keeps enough, or ${BOTH}`,
      Flags:
        "0, POOL_NX_ALLOCATION for memory that cannot be executed, POOL_RAISE_IF_ALLOCATION_FAILURE for an exception in the place of NULL. Before Windows 8 it has to be 0.",
      Size: "Bytes of an entry, LOOKASIDE_MINIMUM_BLOCK_SIZE at least: a free one has to hold a link.",
      Tag: TAG,
      Depth: DEPTH,
    },
    ownership: STORAGE,
    remarks: [
      "Flags are the pool type that Allocate gets, which is NonPagedPool with 0.",
      "`NdisInitializeNPagedLookasideList` makes the same list, which the functions of either name serve.",
    ],
    decisions: ["Other bits of Flags are dropped.", KEPT_DECISION],
    rules: ["LOOK-REINIT", "LOOK-PAIR", "LOOK-SMALL", "MEM-LEAK"],
    related: [
      "ExAllocateFromNPagedLookasideList",
      "ExFreeToNPagedLookasideList",
      "ExDeleteNPagedLookasideList",
      "ExInitializeLookasideListEx",
    ],
    example: "lookaside-of-the-kernel",
  },
  ExAllocateFromNPagedLookasideList: {
    summary: "Takes an entry from a lookaside list, which allocates one when it keeps none.",
    parameters: { Lookaside: LIST },
    returns: "An entry of the list's size, its content undefined; NULL when there is none and memory is short.",
    ownership: ENTRY_OUT,
    failure:
      "NULL; the list is as it was. With POOL_RAISE_IF_ALLOCATION_FAILURE among the list's flags an exception, with which the run of the driver ends here.",
    remarks: [INLINE],
    rules: ["LOOK-UNINIT", "MEM-LEAK"],
    related: ["ExFreeToNPagedLookasideList", "ExInitializeNPagedLookasideList"],
    example: "lookaside-of-the-kernel",
  },
  ExFreeToNPagedLookasideList: {
    summary: "Gives an entry back to its lookaside list.",
    parameters: { Lookaside: "The list that the entry came from.", Entry: "The entry." },
    ownership: ENTRY_BACK,
    remarks: [KEPT, INLINE],
    rules: FREE_RULES,
    related: ["ExAllocateFromNPagedLookasideList", "ExDeleteNPagedLookasideList"],
    example: "lookaside-of-the-kernel",
  },
  ExDeleteNPagedLookasideList: {
    summary: "Ends a lookaside list, and frees the entries that it keeps.",
    parameters: { Lookaside: "A list to which all entries were given back." },
    ownership: "The storage is the driver's to use for something else, or to free; this does not free it.",
    remarks: ["Entries that are out are not freed, and cannot be given back any more."],
    rules: ["LOOK-UNINIT", "LOOK-OUT"],
    related: ["ExInitializeNPagedLookasideList"],
    example: "lookaside-of-the-kernel",
  },
  ExInitializeLookasideListEx: {
    summary:
      "Makes a lookaside list of entries of any pool type, whose functions in the driver are told which list it is.",
    parameters: {
      Lookaside: "Storage for the list, in nonpaged memory even where the entries are paged, and not in use as a list.",
      Allocate:
        "A function of the driver that allocates an entry when the list has none, or NULL for the pool. It gets the pool type, Size, Tag and the list.",
      Free: `A function of the driver that frees an entry when the list keeps enough, and gets the entry and the list, or ${BOTH}`,
      PoolType: "A `POOL_TYPE`.",
      Flags:
        "0, or one of two. EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL adds POOL_RAISE_IF_ALLOCATION_FAILURE to the pool type, EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE adds POOL_QUOTA_FAIL_INSTEAD_OF_RAISE, and is for an Allocate that calls `ExAllocatePoolWithQuotaTag`.",
      Size: "Bytes of an entry, LOOKASIDE_MINIMUM_BLOCK_SIZE at least: a free one has to hold a link.",
      Tag: TAG,
      Depth: DEPTH,
    },
    returns:
      "`STATUS_SUCCESS`; `STATUS_INVALID_PARAMETER_4` for a pool type that there is not; `STATUS_INVALID_PARAMETER_5` for both flags or others.",
    ownership: STORAGE,
    failure: "Nothing is written, and there is nothing to delete.",
    remarks: [
      "The functions find what belongs to the list with `CONTAINING_RECORD`, where the list lies in a structure of the driver's. They run at the IRQL of whoever allocates or frees, and several processors may be in them at once.",
      "Entries of paged memory are for APC_LEVEL at most, the freed ones too: to take one off the list reads it.",
      "The flags and the pool type go to the functions as one number, which they pass on as it is.",
    ],
    decisions: [
      "Without functions EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE is undefined. Here it changes nothing: NULL when memory is short.",
      "Documents name a least size for NPAGED_LOOKASIDE_LIST only. It is the same here, since the link is.",
      KEPT_DECISION,
    ],
    rules: ["LOOK-REINIT", "LOOK-PAIR", "LOOK-SMALL", "MEM-LEAK"],
    related: [
      "ExAllocateFromLookasideListEx",
      "ExFreeToLookasideListEx",
      "ExFlushLookasideListEx",
      "ExDeleteLookasideListEx",
      "LOOKASIDE_LIST_EX",
    ],
    example: "lookaside-with-functions",
  },
  ExAllocateFromLookasideListEx: {
    summary: "Takes an entry from a lookaside list, which allocates one when it keeps none.",
    parameters: { Lookaside: LIST },
    returns: "An entry of the list's size, its content undefined; NULL when there is none and memory is short.",
    ownership: ENTRY_OUT,
    failure:
      "NULL; the list is as it was. With EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL an exception, with which the run of the driver ends here.",
    remarks: [
      "At DISPATCH_LEVEL only where the entries are nonpaged; at APC_LEVEL at most where they are paged, whether the list keeps one or not.",
      INLINE,
    ],
    rules: ["LOOK-UNINIT", "MEM-LEAK"],
    related: ["ExFreeToLookasideListEx", "ExInitializeLookasideListEx"],
    example: "lookaside-with-functions",
  },
  ExFreeToLookasideListEx: {
    summary: "Gives an entry back to its lookaside list.",
    parameters: { Lookaside: "The list that the entry came from.", Entry: "The entry." },
    ownership: ENTRY_BACK,
    remarks: [
      KEPT,
      "At DISPATCH_LEVEL only where the entries are nonpaged; at APC_LEVEL at most where they are paged.",
      INLINE,
    ],
    rules: FREE_RULES,
    related: ["ExAllocateFromLookasideListEx", "ExFlushLookasideListEx", "ExDeleteLookasideListEx"],
    example: "lookaside-with-functions",
  },
  ExFlushLookasideListEx: {
    summary: "Frees the entries that a lookaside list keeps, and leaves the list in use.",
    parameters: { Lookaside: LIST },
    ownership: "Entries that are out stay with whoever has them, and go back to the list as before.",
    remarks: [
      "Free is called for each, where the driver has such a function. Of use when a burst is over, or before what Allocate needs goes away.",
    ],
    rules: ["LOOK-UNINIT"],
    related: ["ExDeleteLookasideListEx", "ExFreeToLookasideListEx"],
    example: "lookaside-with-functions",
  },
  ExDeleteLookasideListEx: {
    summary: "Ends a lookaside list, and frees the entries that it keeps.",
    parameters: { Lookaside: "A list to which all entries were given back." },
    ownership: "The storage is the driver's to use for something else, or to free; this does not free it.",
    remarks: [
      "Free is called for each entry that is kept, where the driver has such a function: whatever that needs goes away later than the list.",
      "Entries that are out are not freed, and cannot be given back any more.",
    ],
    rules: ["LOOK-UNINIT", "LOOK-OUT"],
    related: ["ExInitializeLookasideListEx", "ExFlushLookasideListEx"],
    example: "lookaside-with-functions",
  },
} as const satisfies DdiPages;
