import type { DdiPages } from "../page.js";

export const MDL_PAGES = {
  NdisAllocateMdl: {
    summary: "Allocates an MDL over nonpaged memory and completes it at once: page numbers, system address and all.",
    parameters: {
      NdisHandle: "A handle of the driver or of one of its instances. It is not looked at here.",
      VirtualAddress: "The first byte to describe, in memory that is never paged out.",
      Length: "How many bytes; 0 makes an MDL that describes none.",
    },
    returns: "The MDL, its Next NULL; NULL when memory is short.",
    ownership:
      "The MDL is the caller's, who frees it with `NdisFreeMdl`, before the memory it describes. That memory stays the caller's, too, and is neither copied nor touched.",
    failure: "NULL, and nothing is allocated.",
    remarks: [
      "The memory comes from nonpaged pool or is shared with the device: never the stack, globals of the driver or paged pool. For those there are `IoAllocateMdl` and `MmProbeAndLockPages`.",
      "MDLs over up to 64 KiB come from a pool that NDIS keeps, so that to allocate and free them costs a few nanoseconds; longer ones get a block of their own.",
    ],
    decisions: [
      "No document says what becomes of a range that goes on behind the end of the address space. Here it gives NULL, so that no size is ever computed with what is left after an overflow.",
    ],
    rules: ["MDL-VA", "MDL-LEAK"],
    related: ["NdisFreeMdl", "IoAllocateMdl", "NdisAdjustMdlLength", "MDL"],
    example: "mdls-describe-a-buffer",
  },
  NdisFreeMdl: {
    summary: "Frees an MDL that `NdisAllocateMdl` made.",
    parameters: { Mdl: "The MDL. What its Next names is not freed with it." },
    ownership: "The MDL is gone; the memory it described stays the caller's.",
    remarks: [
      "The length has to be what it was at the allocation: a driver that shortened the MDL with `NdisAdjustMdlLength` restores it first.",
      "An MDL that came with a NET_BUFFER, that a retreat put in front or that a clone is made of belongs to NDIS, and is not freed by this.",
      "A NET_BUFFER may still have the MDL in its chain, provided that nobody uses it any more before it is freed or gets another chain.",
    ],
    rules: [
      "MDL-DFREE",
      "MDL-WRONGFREE",
      "MDL-NOTALONE",
      "MDL-LENRESTORE",
      "MDL-PARTIALSRC",
      "MDL-MAPPEDFREE",
      "MDL-CORRUPT",
    ],
    related: ["NdisAllocateMdl", "IoFreeMdl"],
    example: "mdls-describe-a-buffer",
  },
  NdisAdjustMdlLength: {
    summary: "Changes how many bytes an MDL describes.",
    parameters: {
      Mdl: "An MDL that the caller allocated itself, with `NdisAllocateMdl`.",
      Length: "The new length: at most the one it was allocated for.",
    },
    ownership: "Nothing changes hands. Nobody else may be using the MDL.",
    remarks: [
      "Only ByteCount changes. A receive path shortens the MDL of a buffer to the frame that came in, and restores it when the buffer comes back.",
      "A NET_BUFFER that has the MDL in its chain is not told: its DataLength stays.",
    ],
    rules: ["MDL-LENGROW"],
    related: ["NdisAllocateMdl", "NdisFreeMdl", "NdisAdjustBufferLength"],
    example: "mdls-describe-a-buffer",
  },
  NdisQueryMdl: {
    summary: "Tells the system address and the length of what an MDL describes.",
    parameters: {
      _Mdl: "The MDL.",
      _Va: "Where the address goes; NULL when only the length is wanted, and then nothing is mapped.",
      _Length: "Where ByteCount goes.",
      _Priority: "An MM_PAGE_PRIORITY for a mapping that has to be made. It is not looked at here.",
    },
    ownership: "A mapping that is made stays with the MDL, for whoever locked its pages to take away.",
    failure: "NULL as the address; the length is there all the same.",
    remarks: [
      "The address can be missing only for an MDL whose pages are locked and not mapped yet; of nonpaged memory it is always there. `ndislab run --fail mapping:1` shows what a driver does without it.",
    ],
    related: ["NdisQueryMdlOffset", "MmGetSystemAddressForMdlSafe", "NdisQueryBufferSafe"],
    example: "mdls-describe-a-buffer",
  },
  NdisQueryMdlOffset: {
    summary: "Tells where in its first page an MDL starts, and how many bytes it describes.",
    parameters: {
      _Mdl: "The MDL.",
      _Offset: "Where ByteOffset goes.",
      _Length: "Where ByteCount goes.",
    },
    ownership: "Nothing changes hands.",
    related: ["NdisQueryMdl", "MmGetMdlByteOffset"],
    example: "mdls-describe-a-buffer",
  },
  NdisGetNextMdl: {
    summary: "Tells which MDL follows another in a chain.",
    parameters: {
      _CurrentMdl: "An MDL of the chain.",
      _NextMdl:
        "Where the next one goes, or NULL at the end of the chain. May be the variable that has the current one.",
    },
    ownership: "Nothing changes hands. The chain may not change meanwhile: NDIS does not lock it.",
    remarks: ["A statement in C, not an expression."],
    related: ["NDIS_MDL_LINKAGE"],
    example: "mdls-walk-a-chain",
  },
  NdisGetMdlPhysicalArraySize: {
    summary: "Tells how many pages an MDL touches.",
    parameters: { _Mdl: "The MDL.", _ArraySize: "Where the number goes." },
    ownership: "Nothing changes hands.",
    remarks: ["The same as `NDIS_MDL_TO_SPAN_PAGES`, so 1 for an MDL of no bytes."],
    related: ["NDIS_MDL_TO_SPAN_PAGES", "NdisGetBufferPhysicalArraySize"],
    example: "mdls-walk-a-chain",
  },
  NDIS_MDL_LINKAGE: {
    summary: "The link of an MDL to the next one of its chain, to be read and to be assigned.",
    parameters: { _Mdl: "The MDL." },
    returns: "The member Next: an MDL, or NULL at the end.",
    ownership: "To link an MDL behind another changes nothing of who frees it: each is freed for itself.",
    remarks: [
      "In C it stands on either side of an assignment. In TypeScript `NDIS_MDL_LINKAGE(mdl)` reads and `NDIS_MDL_LINKAGE.set(mdl, next)` assigns.",
    ],
    related: ["NdisGetNextMdl", "NDIS_BUFFER_LINKAGE"],
    example: "mdls-walk-a-chain",
  },
  NDIS_MDL_TO_SPAN_PAGES: {
    summary: "Counts the pages that an MDL touches.",
    parameters: { _Mdl: "The MDL." },
    returns: "The number of pages from the one with the first byte to the one with the last.",
    decisions: [
      "Documents do not say how many pages an MDL of no bytes touches. It is 1 here, as it is for a descriptor of NDIS 5; from TypeScript NULL gives 0, where C would read through it.",
    ],
    related: ["ADDRESS_AND_SIZE_TO_SPAN_PAGES", "NdisGetMdlPhysicalArraySize"],
    example: "mdls-walk-a-chain",
  },
} as const satisfies DdiPages;
