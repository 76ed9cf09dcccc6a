import type { DdiPages } from "../page.js";

/** Rules for a NET_BUFFER that is none, is another's, or whose members contradict each other. */
const OF_A_NET_BUFFER = ["NB-NOTPOOL", "NBL-OWNER", "NB-CURMDL", "NB-RANGE", "CHAIN-CYCLE", "MDL-INUSE"] as const;

export const DATA_BUFFER_PAGES = {
  NdisGetDataBuffer: {
    summary: "Gives the first bytes of a NET_BUFFER's used data in one piece: where they are, or copied.",
    parameters: {
      NetBuffer: "The NET_BUFFER, which the caller has at the time.",
      BytesNeeded: "How many bytes, from the data start on: as a rule the length of a header.",
      Storage: "At least BytesNeeded bytes of the caller's, for when they have to be copied. NULL to have no copy.",
      AlignMultiple: "A power of two: the address has to be AlignOffset more than a multiple of it. 1 for any address.",
      AlignOffset: "Less than AlignMultiple; 0 with 1.",
    },
    returns:
      "An address in the frame, or Storage with a copy there, or NULL: the first line that holds, of those under Remarks.",
    ownership:
      "What is returned is never freed. An address in the frame is good as long as the MDL and the NET_BUFFER are the caller's: not after the frame was passed on, completed or returned, nor after an advance that freed the MDL. Storage stays the caller's.",
    failure: "NULL. No member of the NET_BUFFER has changed.",
    drawing: [
      "  BytesNeeded is 0 or more than DataLength          NULL",
      "  an alignment that there is not                    NULL",
      "  pages with some of the bytes cannot be mapped     NULL",
      "  one MDL has them all, aligned as asked for        their address, no copy",
      "  otherwise, with a Storage                         Storage, copied there",
      "  otherwise                                         NULL",
    ],
    remarks: [
      "Test for NULL even with a Storage. The frame may be shorter than the header, and the pages of an MDL that are only locked have to be mapped first, which can fail. `ndislab run --fail mapping:1` shows what a driver does then.",
      "What is written to Storage does not reach the frame. A driver that changes a header compares the result with Storage, or asks without a Storage and deals with NULL, or copies the bytes back.",
      "To look at what lies behind the first header, advance past it or ask for both at once: the function always starts at the data start.",
      "Frames come cut anywhere: a header that was in one MDL on every machine so far is in two on the next. A driver that parses passes a Storage.",
      "A Storage need not be aligned, even when an alignment is asked for: that counts for addresses in the frame.",
    ],
    decisions: [
      "BytesNeeded 0 is not documented. Here it gives NULL, and GDB-ZERO tells of it.",
      "An AlignMultiple that is no power of two, and an AlignOffset that is not less, are not documented. Here they give NULL, and GDB-ALIGN.",
      "Contiguous means: in one MDL. Documents do not say whether two MDLs that happen to describe adjoining memory count as one piece; here they do not.",
      "Documents say that NDIS allocates memory if an alignment needs that, which leaves open who would free it and contradicts what they say of Storage. Here nothing is allocated: the bytes are copied to Storage, whatever its alignment, or the answer is NULL.",
    ],
    rules: [...OF_A_NET_BUFFER, "GDB-ZERO", "GDB-ALIGN", "GDB-SMALL"],
    related: [
      "NdisAdvanceNetBufferDataStart",
      "NdisCopyFromNetBufferToNetBuffer",
      "NET_BUFFER_DATA_LENGTH",
      "MmGetSystemAddressForMdlSafe",
    ],
    example: "data-read-a-header",
  },
  NdisCopyFromNetBufferToNetBuffer: {
    summary: "Copies used data of one NET_BUFFER to where the data of another is or is to be.",
    parameters: {
      Destination: "The NET_BUFFER that the bytes go to. Its MDLs have the room; its DataLength may be 0.",
      DestinationOffset: "Where they go, counted from its data start.",
      BytesToCopy: "How many, at most.",
      Source: "The NET_BUFFER that they come from.",
      SourceOffset: "Where they come from, counted from its data start.",
      BytesCopied: "Where the number of bytes that were copied goes, whatever is returned.",
    },
    returns:
      "`NDIS_STATUS_SUCCESS`, also when fewer bytes were copied than asked for; `NDIS_STATUS_RESOURCES` when an MDL with some of the bytes cannot be mapped.",
    ownership: "Nothing changes hands. Both NET_BUFFERs are the caller's at the time.",
    failure: "Nothing is copied, and `*BytesCopied` is 0.",
    drawing: [
      "  source         ├─ unused ─┼─ SourceOffset ─┼▒▒▒ copied ▒▒▒┤",
      "  destination  ├── unused ──┼── DestinationOffset ──┼▒▒▒ copied ▒▒▒┼──────┤",
      "                            ▲ data start of each",
    ],
    remarks: [
      "The copy ends with BytesToCopy, with the used data of the source, or with the last MDL of the destination, whichever comes first. So look at `*BytesCopied`: the status does not tell a short copy from a whole one.",
      "The chains may be cut at different places, and there may be unused data in front of both.",
      "No member of the destination changes. Its DataLength is the caller's to set, before or after: a fresh NET_BUFFER has 0, and the bytes are there but not used until it says so.",
      "Information of the list, such as checksums and the cancel id, is not data: `NdisCopySendNetBufferListInfo` and `NdisCopyReceiveNetBufferListInfo` copy that.",
    ],
    decisions: [
      "The source ends with its DataLength, not with its chain: documents speak of its running out of data, and of the destination's running out of space.",
      "An offset behind the end copies nothing and is `NDIS_STATUS_SUCCESS`: documents have no other status for it.",
      "Documents do not say whether a copy that fails has copied some bytes. Here every MDL that it needs is mapped first, so it is all that can be copied or nothing.",
      "What an overlap of both gives is not documented. Here the bytes go in order, piece by piece, so some may be overwritten before they are copied: COPY-OVERLAP.",
    ],
    rules: [...OF_A_NET_BUFFER, "COPY-OVERLAP"],
    related: ["NdisGetDataBuffer", "NET_BUFFER_DATA_LENGTH", "NdisAllocateCloneNetBufferList"],
    example: "data-copy-a-frame",
  },
  NdisQueryNetBufferPhysicalCount: {
    summary: "Tells in how many physical pieces the used data of a NET_BUFFER may lie, at most.",
    parameters: { NetBuffer: "The NET_BUFFER, which the caller has at the time." },
    returns: "The number of pages that the MDLs with used data touch; 0 when there is no data.",
    ownership: "Nothing changes hands.",
    remarks: [
      "A driver of a device compares it with the entries of a scatter-gather list that the device takes, and copies a frame that is in too many pieces.",
      "It is an upper bound. Pages that lie one behind the other may be one piece for the device, and of the first and the last MDL all pages count, not only those with used data.",
    ],
    decisions: [
      "Documents speak of the MDLs that are associated with the NET_BUFFER. Here those are the ones that have some of the used data: not those before it, nor those behind it, nor those of no bytes. Two MDLs in one page count twice.",
    ],
    rules: OF_A_NET_BUFFER,
    related: ["NDIS_MDL_TO_SPAN_PAGES", "NdisGetDataBuffer"],
    example: "data-read-a-header",
  },
} as const satisfies DdiPages;
