import type { DdiPages } from "../page.js";

const LIST = { _NBL: "The NET_BUFFER_LIST." } as const;
const NOTHING = "Nothing changes hands.";
const WORDS =
  "In C it is the array itself, so that `sizeof` gives its size. In TypeScript it is the address of word 0.";
const IN_TURN =
  "The words keep their values only until the driver gives the list away: the next driver of the same kind may use them for itself.";

export const NET_BUFFER_LIST_MEMBER_PAGES = {
  NET_BUFFER_LIST_NEXT_NBL: {
    summary: "The next NET_BUFFER_LIST of a chain, to be read and to be assigned.",
    parameters: LIST,
    returns: "The member Next: a list, or NULL for the last one.",
    ownership:
      "Whoever has the lists may link them as it likes, also lists of different drivers. Each of them still goes back to the driver that made it, and is freed for itself.",
    remarks: [
      "In C it stands on either side of an assignment, and its address can be taken: `&NET_BUFFER_LIST_NEXT_NBL(list)` is where the next list is hung in. In TypeScript there is `.set` beside the call.",
      "A list that is completed, returned or passed on is another's from then on: read its Next before, and set it to NULL when the list goes alone.",
    ],
    rules: ["LIST-CYCLE", "NBL-OWNER", "NBL-NEXTLEFT"],
    related: ["NET_BUFFER_LIST_FIRST_NB", "NET_BUFFER_NEXT_NB"],
    example: "nbl-walk-all-frames",
  },
  NET_BUFFER_LIST_FIRST_NB: {
    summary: "The first NET_BUFFER of a NET_BUFFER_LIST, to be read and to be assigned.",
    parameters: LIST,
    returns: "The member FirstNetBuffer; NULL for a list without any.",
    ownership:
      "Only the driver that made the list assigns it. A NET_BUFFER that the list was allocated with goes with the list, whether it is still on it or not; others stay separate things.",
    remarks: [
      "On a send one list may have many NET_BUFFERs, of which its flags and its information speak together, so a driver that looks at frames walks `NET_BUFFER_NEXT_NB` within each list. A received list has one, but for 802.11.",
    ],
    rules: ["NBL-OWNER", "NBL-NBLEFT", "NBL-RXMULTI"],
    related: ["NET_BUFFER_NEXT_NB", "NET_BUFFER_LIST_NEXT_NBL", "NET_BUFFER_DATA_LENGTH"],
    example: "nbl-walk-all-frames",
  },
  NET_BUFFER_LIST_FLAGS: {
    summary: "The word of a NET_BUFFER_LIST that is shared out by role, to be read and to be assigned.",
    parameters: LIST,
    returns:
      "The member Flags: NBL_FLAGS_PROTOCOL_RESERVED, NBL_FLAGS_MINIPORT_RESERVED, NBL_FLAGS_SCRATCH and NBL_FLAGS_NDIS_RESERVED, each for one.",
    ownership:
      "A driver changes the bits of its own role and leaves the others as they are. Those of NBL_FLAGS_SCRATCH are for whoever has the list, and lost when it is passed on.",
    remarks: [
      "It is not `NET_BUFFER_LIST_NBL_FLAGS`, which says what the frames are. In lists of another driver a filter has the scratch bits and no others.",
      "To assign the whole word clears what others noted; `NBL_SET_FLAG` and `NBL_CLEAR_FLAG` do not.",
    ],
    decisions: [
      "NDIS 6.30 made the two lowest bits the protocol's, which were NDIS's before. The masks here are those since 6.30.",
    ],
    rules: ["NBL-FLAGMASK"],
    related: ["NBL_SET_FLAG", "NBL_SET_PROT_RSVD_FLAG", "NET_BUFFER_LIST_NBL_FLAGS"],
    example: "nbl-notes-in-flags",
  },
  NET_BUFFER_LIST_NBL_FLAGS: {
    summary: "The word of a NET_BUFFER_LIST that says what its frames are, to be read and to be assigned.",
    parameters: LIST,
    returns: "The member NblFlags: bits of NDIS_NBL_FLAGS_….",
    ownership: NOTHING,
    remarks: [
      "What it says holds for every frame of the list. A driver that changes the frames, by another header for instance, corrects it.",
    ],
    rules: ["NBL-FLAGS"],
    related: ["NdisSetNblFlag", "NdisTestNblFlags", "NET_BUFFER_LIST_FLAGS"],
    example: "nbl-what-frames-are",
  },
  NET_BUFFER_LIST_STATUS: {
    summary: "How the send of a NET_BUFFER_LIST went, to be read and to be assigned.",
    parameters: LIST,
    returns: "The member Status, an NDIS_STATUS; of a send that is not completed yet it says nothing.",
    ownership: "Whoever completes the send assigns it: a miniport, or a filter that drops a send.",
    remarks: [
      "A driver that reads it does so in its handler for completed sends. What it assigns: `NDIS_STATUS_SUCCESS`, INVALID_LENGTH, RESOURCES, FAILURE, SEND_ABORTED for a send that was cancelled, RESET_IN_PROGRESS or PAUSED.",
      "There is one status for all NET_BUFFERs of the list.",
    ],
    decisions: [
      "The page calls the member StatusCode; it is Status, in headers and structure. Nothing is said about its value after allocation; here it is 0.",
    ],
    rules: ["NBL-STATUS", "NBL-OWNER"],
    related: ["NdisFSendNetBufferListsComplete", "NET_BUFFER_LIST"],
    example: "nbl-walk-all-frames",
  },
  NET_BUFFER_LIST_PROTOCOL_RESERVED: {
    summary: "Four words in a NET_BUFFER_LIST for the protocol that has it.",
    parameters: LIST,
    returns: "The member ProtocolReserved, whose words can be read and assigned.",
    ownership:
      "The words are the protocol's, or those of the upper edge of a driver in between. What they point at is never freed for it.",
    remarks: [WORDS, IN_TURN],
    decisions: [
      "The page shows the macro for NET_BUFFERs by mistake. Nothing is said about the words after allocation; here all are 0.",
    ],
    related: ["NET_BUFFER_LIST_MINIPORT_RESERVED", "NET_BUFFER_PROTOCOL_RESERVED", "NdisAllocateNetBufferListContext"],
    example: "net-buffers-notes-of-drivers",
  },
  NET_BUFFER_LIST_MINIPORT_RESERVED: {
    summary: "Two words in a NET_BUFFER_LIST for the miniport that has it.",
    parameters: LIST,
    returns: "The member MiniportReserved, whose words can be read and assigned.",
    ownership:
      "The words are the miniport's, or those of the lower edge of a driver in between. What they point at is never freed for it.",
    remarks: [WORDS, IN_TURN],
    decisions: [
      "The page shows the macro for NET_BUFFERs by mistake. Nothing is said about the words after allocation; here both are 0.",
    ],
    related: ["NET_BUFFER_LIST_PROTOCOL_RESERVED", "NET_BUFFER_MINIPORT_RESERVED"],
    example: "net-buffers-notes-of-drivers",
  },
  NET_BUFFER_LIST_CONTEXT_DATA_START: {
    summary: "Where the used context of a NET_BUFFER_LIST starts.",
    parameters: { _NBL: "A list that has a context." },
    returns: "The address of the first used byte of the newest block: the bytes of the driver that asked last.",
    ownership: NOTHING,
    remarks: [
      "A driver that added context finds its own here from then on until it passes the list on, and again when the list comes back.",
      "Without a context C reads through NULL. In TypeScript the verifier reports it, and the call gives 0.",
    ],
    rules: ["CTX-NULL"],
    related: ["NET_BUFFER_LIST_CONTEXT_DATA_SIZE", "NdisAllocateNetBufferListContext", "NET_BUFFER_LIST_CONTEXT"],
    example: "nbl-context",
  },
  NET_BUFFER_LIST_CONTEXT_DATA_SIZE: {
    summary: "How many bytes the newest context block of a NET_BUFFER_LIST has, used and unused.",
    parameters: { _NBL: "A list that has a context." },
    returns: "The member Size of the block, in bytes.",
    ownership: NOTHING,
    remarks: [
      "It does not say how many bytes `NET_BUFFER_LIST_CONTEXT_DATA_START` leads to: those are `Size - Offset` of the block.",
    ],
    decisions: [
      "A page of Microsoft's calls the member the size of the used bytes. What pools and functions do with it says that it counts all, and so it does here.",
    ],
    rules: ["CTX-NULL"],
    related: ["NET_BUFFER_LIST_CONTEXT_DATA_START", "NET_BUFFER_LIST_CONTEXT"],
    example: "nbl-context",
  },
} as const satisfies DdiPages;
