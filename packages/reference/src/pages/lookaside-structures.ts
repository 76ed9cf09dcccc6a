import type { StructurePages } from "../page.js";

const RESERVED = "The kernel's own. A driver goes through the functions.";

export const LOOKASIDE_STRUCTURE_PAGES = {
  NPAGED_LOOKASIDE_LIST: {
    summary: "Keeps freed entries of one size for the next allocation, in nonpaged memory.",
    members: { Reserved: RESERVED },
    ownership:
      "The storage is the driver's, in nonpaged memory. Entries that are out belong to whoever allocated them, and are all given back before the list is deleted.",
    remarks: [
      "A global, or a member of a context of nonpaged memory; never a local variable. It may not be copied or moved while it is in use.",
      "What an entry holds when it comes from the list is undefined: it may have been used before.",
    ],
    decisions: [
      "The size is that of ndis.h on 32-bit Windows, where the headers leave out the alignment to cache lines that wdm.h alone has. Behind the list itself lies a spin lock that nothing uses any more.",
      "Windows changes how many free entries a list keeps as it runs. Here it keeps four at most.",
    ],
    rules: ["LOOK-UNINIT", "LOOK-REINIT", "LOOK-INPOOL", "LOOK-OUT", "MEM-LEAK"],
    related: [
      "NdisInitializeNPagedLookasideList",
      "NdisAllocateFromNPagedLookasideList",
      "NdisFreeToNPagedLookasideList",
      "NdisDeleteNPagedLookasideList",
      "LOOKASIDE_LIST_EX",
    ],
    example: "lookaside-of-ndis",
  },
  LOOKASIDE_LIST_EX: {
    summary: "Keeps freed entries of one size and of any pool type for the next allocation.",
    members: { Reserved: RESERVED },
    ownership:
      "The storage is the driver's, in nonpaged memory even where the entries are paged. All entries are given back before the list is deleted.",
    remarks: [
      "As a member of a structure it leads the driver's own functions to that structure, with `CONTAINING_RECORD`. NPAGED_LOOKASIDE_LIST does not: its functions do not learn of the list.",
    ],
    rules: ["LOOK-UNINIT", "LOOK-REINIT", "LOOK-INPOOL", "LOOK-OUT", "MEM-LEAK"],
    related: [
      "ExInitializeLookasideListEx",
      "ExAllocateFromLookasideListEx",
      "ExFreeToLookasideListEx",
      "ExDeleteLookasideListEx",
      "NPAGED_LOOKASIDE_LIST",
    ],
    example: "lookaside-with-functions",
  },
  PAGED_LOOKASIDE_LIST: {
    summary: "Keeps freed entries of one size for the next allocation, in paged memory; only its layout is here.",
    members: { Reserved: RESERVED },
    ownership: "The storage is the driver's, in nonpaged memory even though the entries are paged.",
    remarks: [
      "Its functions are not among those that network drivers call. `ExInitializeLookasideListEx` with PagedPool makes a list of paged entries.",
      "The structure is declared so that drivers which have one beside others compile, with every member behind it where it is on Windows.",
    ],
    related: ["LOOKASIDE_LIST_EX", "NPAGED_LOOKASIDE_LIST"],
    example: "lookaside-lists-side-by-side",
  },
} as const satisfies StructurePages;
