import type { DdiPages } from "../page.js";

/** Rules for a list that something is derived from. */
const OF_AN_ORIGINAL = [
  "NBL-NOTPOOL",
  "NBL-OWNER",
  "LIST-CYCLE",
  "NB-NOTPOOL",
  "NB-CURMDL",
  "NB-RANGE",
  "CHAIN-CYCLE",
  "MDL-INUSE",
] as const;

const OF_POOLS = ["POOL-HANDLE", "POOL-TYPE"] as const;

/** Rules for the end of a derived list. */
const OF_A_FREE = [
  "NBL-DFREE",
  "NBL-NOTPOOL",
  "NBL-OWNER",
  "NBL-WRONGFREE",
  "NBL-CHILD",
  "NBL-REFNEG",
  "NBL-NBLEFT",
  "NBL-CTXLEFT",
  "NB-FOREIGNMDL",
] as const;

const LIST_POOL =
  "A pool of NET_BUFFER_LISTs for the new list, which gets its protocol id. NULL for a pool of NDIS, with protocol id 0.";
const NET_BUFFER_POOL =
  "A pool of NET_BUFFERs without data for the new ones. NULL for the NET_BUFFER that comes with the list, where one does, and others of NDIS.";
const DELTA = "Bytes of used data to add in front of the new NET_BUFFER";
const BACK_FILL = "Unused bytes in front of those. It counts only when DataOffsetDelta is not 0.";
const NO_FLAGS = "0: there are no flags.";
const SAME_DELTA = "The DataOffsetDelta that the list was made with, by which NDIS advances before it frees.";
const NEW_LIST = "The new list is the caller's, who frees it with";
const LEND =
  "The original stays whose it is, and its MDLs and data are lent: it may be neither freed, completed nor returned before what was derived from it is freed.";
const PARENT =
  "NDIS leaves ParentNetBufferList of the new list and ChildRefCount of the original alone, so a driver sets the one and counts the other itself, with interlocked functions, and gives the original up when the count is 0. The ParentNetBufferList of a list that came from another driver is that driver's, and never overwritten.";
const INFO =
  "Information slots, flags and status of the original are not copied. `NdisCopySendNetBufferListInfo` or `NdisCopyReceiveNetBufferListInfo` does that, for whichever way the new list goes. It has no context either.";
const WHO_COUNTS =
  "Figures in the documents show ParentNetBufferList pointing to the original, and their text has the driver set it. Here the driver does.";

export const DERIVED_LIST_PAGES = {
  NdisAllocateCloneNetBufferList: {
    summary: "Makes a second list over the data of a first, to send the same frames another way. No byte is copied.",
    parameters: {
      OriginalNetBufferList: "The list to clone. Those behind it, by Next, are not cloned.",
      NetBufferListPoolHandle: LIST_POOL,
      NetBufferPoolHandle: NET_BUFFER_POOL,
      AllocateCloneFlags:
        "0 for MDLs of the clone's own over the used data; NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS to use the original's chains.",
    },
    returns: "The clone, its Next NULL; NULL when memory is short or a pool is of the wrong kind.",
    ownership: `${NEW_LIST} \`NdisFreeCloneNetBufferList\` and the same flags. ${LEND}`,
    failure: "NULL, and nothing is allocated.",
    drawing: [
      "  original   ├── unused ──┼── used ──┤  ├────── used ──────┼─ rest ─┤",
      "             first MDL                  second MDL",
      "",
      "  clone                   ├── used ──┤  ├────── used ──────┤",
      "                          MDLs of its own, over the same bytes",
      "",
      "  clone with USE_ORIGINAL_MDLS: the original's MDLs, DataOffset and all",
    ],
    remarks: [
      "Each NET_BUFFER of the original has its counterpart, in the same order, with the same used data. With MDLs of its own, a clone has DataOffset 0 and nothing behind its data: it is cut to what is used, and has no room for a header, whatever room the original has. A retreat puts an MDL in front of the clone, and the original does not see it.",
      "With NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS a clone is cheaper, and a retreat of it finds the original's unused data: what is written there, the original and other such clones see too. It fits when nobody adds headers. While such a clone lives, the original's chain may not be changed.",
      "Both are over the same bytes. Who changes data in place changes it for both.",
      PARENT,
      INFO,
    ],
    decisions: [
      "Documents do not say where the chain of a clone starts that uses the original's MDLs. Here MdlChain, DataOffset, DataLength, CurrentMdl and CurrentMdlOffset are those of the original.",
      WHO_COUNTS,
      "What NDIS_CLONE_FLAGS_RESERVED does is not documented. It does nothing here, and has to be the same when the clone is freed.",
      "A clone is made of one list. Documents speak of one, and of nothing behind it.",
    ],
    rules: [...OF_AN_ORIGINAL, ...OF_POOLS, "NB-DATAPOOL", "API-RESFLAGS", "NBL-LEAK", "NBL-CHILD", "POOL-OUTSTANDING"],
    related: [
      "NdisFreeCloneNetBufferList",
      "NdisCopySendNetBufferListInfo",
      "NdisCopyReceiveNetBufferListInfo",
      "NdisRetreatNetBufferListDataStart",
    ],
    example: "derived-clone",
  },
  NdisFreeCloneNetBufferList: {
    summary: "Frees a clone, with its NET_BUFFERs and the MDLs that NDIS made for it.",
    parameters: {
      CloneNetBufferList: "The clone, back from wherever it was sent. Its Next is not followed.",
      FreeCloneFlags: "The flags that it was made with.",
    },
    ownership:
      "The clone is gone; data and MDLs of the original stay whose they are. If the caller counts children, it counts this one down now, and may complete or return the original when none is left.",
    remarks: [
      "Undo retreats first: `NdisAdvanceNetBufferListDataStart` with FreeMdl TRUE. An MDL that NDIS put in front goes with the clone even so; one of the driver's would be lost.",
      "All NET_BUFFERs on the clone are freed with it. One of the driver's own that was put there has to be taken off before.",
    ],
    decisions: [
      "Documents require the flags to be the same and do not say what happens otherwise. Here NDIS knows how the clone was made and frees it so; NBL-FREEFLAGS tells of it, since Windows goes by the flags.",
    ],
    rules: [...OF_A_FREE, "NBL-FREEFLAGS"],
    related: ["NdisAllocateCloneNetBufferList", "NdisFreeNetBufferList"],
    example: "derived-clone",
  },
  NdisAllocateFragmentNetBufferList: {
    summary:
      "Cuts the data of a list into pieces of at most so many bytes, each in a NET_BUFFER of its own with room for a header. No byte is copied.",
    parameters: {
      OriginalNetBufferList: "The list whose data is to be cut. Those behind it, by Next, are not.",
      NetBufferListPool: LIST_POOL,
      NetBufferPool: NET_BUFFER_POOL,
      StartOffset: "Bytes to leave out at the start of each NET_BUFFER: as a rule the header that is in front of all.",
      MaximumLength: "The most bytes of a piece, the header that DataOffsetDelta adds not counted.",
      DataOffsetDelta: `${DELTA}s, for the header of each fragment.`,
      DataBackFill: BACK_FILL,
      AllocateFragmentFlags: NO_FLAGS,
    },
    returns:
      "A list with all fragments in order, its Next NULL; NULL when memory is short, a pool is of the wrong kind, or MaximumLength is 0.",
    ownership: `${NEW_LIST} \`NdisFreeFragmentNetBufferList\` and the same DataOffsetDelta. ${LEND}`,
    failure: "NULL, and nothing is allocated.",
    drawing: [
      "  original      ├─ StartOffset ─┼──── 40 ────┼──── 40 ────┼─ 20 ─┤",
      "",
      "  fragments     ├─ Delta ─┼──── 40 ────┤",
      "                ├─ Delta ─┼──── 40 ────┤",
      "                ├─ Delta ─┼─ 20 ─┤",
    ],
    remarks: [
      "The header of a fragment is in an MDL of NDIS in front of the piece, of DataOffsetDelta + DataBackFill bytes: contiguous, not cleared, and the fragment's own. So with a DataOffsetDelta that is not 0, DataLength of a fragment is the piece and the header together.",
      "Where the data of one NET_BUFFER ends a piece ends, however short: pieces never go on in the next NET_BUFFER.",
      PARENT,
      INFO,
    ],
    decisions: [
      "A NET_BUFFER with no more bytes than StartOffset gives no fragment. If none gives one, the list has no NET_BUFFER, and has to be freed all the same.",
      "Documents say that the used data of each fragment is at most MaximumLength, and then that its start is retreated. Here the limit is for the piece alone.",
      "MaximumLength 0 is not documented. Here it gives NULL.",
      WHO_COUNTS,
      "A DataOffsetDelta of 1 GiB or more gives NULL.",
    ],
    rules: [...OF_AN_ORIGINAL, ...OF_POOLS, "NB-DATAPOOL", "API-RESFLAGS", "NBL-LEAK", "NBL-CHILD", "POOL-OUTSTANDING"],
    related: ["NdisFreeFragmentNetBufferList", "NdisAllocateReassembledNetBufferList", "NdisGetDataBuffer"],
    example: "derived-fragments",
  },
  NdisFreeFragmentNetBufferList: {
    summary: "Frees a list of fragments, with its NET_BUFFERs and the MDLs that NDIS made for it.",
    parameters: {
      FragmentNetBufferList: "The list of fragments. Its Next is not followed.",
      DataOffsetDelta: SAME_DELTA,
      FreeFragmentFlags: NO_FLAGS,
    },
    ownership: "The fragments are gone, headers and all; data and MDLs of the original stay whose they are.",
    remarks: ["Retreats of the driver's own, beside the one the fragments were made with, are undone before."],
    decisions: [
      "Documents say that DataOffsetDelta should be the same. Here the memory of the headers is freed whatever it is; NBL-FREEDELTA tells of another.",
    ],
    rules: [...OF_A_FREE, "NBL-FREEDELTA", "API-RESFLAGS"],
    related: ["NdisAllocateFragmentNetBufferList"],
    example: "derived-fragments",
  },
  NdisAllocateReassembledNetBufferList: {
    summary:
      "Puts the data of all NET_BUFFERs of a list together into one NET_BUFFER, each without its header. No byte is copied.",
    parameters: {
      FragmentNetBufferList:
        "The list with the fragments, in their order. Those behind it, by Next, are not looked at.",
      NetBufferAndNetBufferListPoolHandle:
        "A pool that was made with fAllocateNetBuffer TRUE and DataSize 0: the list comes with the NET_BUFFER. It gets the protocol id of the pool. NULL for a pool of NDIS, with protocol id 0.",
      StartOffset: "Bytes to leave out at the start of each NET_BUFFER: the header of the fragments.",
      DataOffsetDelta: `${DELTA}, for the header of the whole.`,
      DataBackFill: BACK_FILL,
      AllocateReassembleFlags: NO_FLAGS,
    },
    returns:
      "A list with one NET_BUFFER, its Next NULL; NULL when memory is short, the pool is not of that kind, or the whole would be longer than 32 bits hold.",
    ownership: `${NEW_LIST} \`NdisFreeReassembledNetBufferList\` and the same DataOffsetDelta. ${LEND}`,
    failure: "NULL, and nothing is allocated.",
    drawing: [
      "  fragments     ├─ StartOffset ─┼──── 40 ────┤",
      "                ├─ StartOffset ─┼──── 40 ────┤",
      "                ├─ StartOffset ─┼─ 20 ─┤",
      "",
      "  reassembled   ├─ Delta ─┼──── 40 ────┼──── 40 ────┼─ 20 ─┤",
    ],
    remarks: [
      "NDIS does not know what a fragment is: it neither looks for gaps nor sorts. A driver first gathers the fragments of one frame on one list.",
      "The fragments may be what `NdisAllocateFragmentNetBufferList` made, or any other list: with several NET_BUFFERs the whole is one frame over the data of all.",
      "A NET_BUFFER with no more bytes than StartOffset adds nothing.",
      PARENT,
      INFO,
    ],
    decisions: [
      WHO_COUNTS,
      "Without any data behind StartOffset the NET_BUFFER has the header only, or no MDL at all.",
    ],
    rules: [...OF_AN_ORIGINAL, ...OF_POOLS, "NBL-WRONGPOOL", "API-RESFLAGS", "NBL-LEAK", "NBL-CHILD"],
    related: ["NdisFreeReassembledNetBufferList", "NdisAllocateFragmentNetBufferList"],
    example: "derived-fragments",
  },
  NdisFreeReassembledNetBufferList: {
    summary: "Frees a reassembled list, with its NET_BUFFER and the MDLs that NDIS made for it.",
    parameters: {
      ReassembledNetBufferList: "The reassembled list. Its Next is not followed.",
      DataOffsetDelta: SAME_DELTA,
      FreeReassembleFlags: NO_FLAGS,
    },
    ownership: "The list is gone; data and MDLs of the fragments stay whose they are, and the fragments may go now.",
    decisions: ["A DataOffsetDelta that is not the same is dealt with as by `NdisFreeFragmentNetBufferList`."],
    rules: [...OF_A_FREE, "NBL-FREEDELTA", "API-RESFLAGS"],
    related: ["NdisAllocateReassembledNetBufferList"],
    example: "derived-fragments",
  },
} as const satisfies DdiPages;
