import type { DdiPages } from "../page.js";

const PACKET = "The packet.";
const NOTHING = "Nothing changes hands.";
const EDIT =
  "Nothing is locked: two functions of a driver that may work on one packet at the same time keep each other out.";
const CHAINED =
  "The packet refers to the descriptors; who frees them does not change. They are taken off before the packet is freed.";
const BY_HAND =
  "With NDIS 6: there is no such function. MDLs are linked by hand, with `NDIS_MDL_LINKAGE`, and `NET_BUFFER_FIRST_MDL` is assigned.";
const BUG_CHECK = "A bug check on Windows; here the run of the driver ends, with the finding BUF-UNSAFE.";

/** What everything can break that walks the chain of a packet. */
const WALK_RULES = ["PKT-NOTPOOL", "CHAIN-CYCLE", "MDL-INUSE"] as const;
const CHAIN_RULES = ["CHAIN-ALREADY", "BUF-NOTPOOL", "BUF-CORRUPT", ...WALK_RULES] as const;

/** The descriptors of a packet: chaining, counting, copying. */
export const NDIS5_PACKET_CHAIN_PAGES = {
  NdisChainBufferAtFront: {
    summary: "Puts a descriptor, with all that hangs on it, before those that a packet has.",
    parameters: {
      Packet: PACKET,
      Buffer: "The descriptor, or the first of a chain of them. None of them is in the packet yet.",
    },
    ownership: CHAINED,
    remarks: [
      "How a header is put in front of a frame. The counts of the packet are no longer valid, so that the next query counts again.",
      EDIT,
      "With NDIS 6: room in front of the data is made with `NdisRetreatNetBufferDataStart`. To link an MDL by hand, assign `NET_BUFFER_FIRST_MDL`.",
    ],
    decisions: [
      "The documents speak of one descriptor. The macro of the headers links the whole chain that starts with it, as this does.",
      "With a descriptor that the packet has already the chain would have no end. When the rules watch, CHAIN-ALREADY says so and nothing is linked.",
    ],
    rules: CHAIN_RULES,
    related: ["NdisChainBufferAtBack", "NdisUnchainBufferAtFront", "NdisAllocateBuffer", "NdisQueryPacket"],
    example: "ndis5-build-a-packet",
  },
  NdisChainBufferAtBack: {
    summary: "Puts a descriptor, with all that hangs on it, behind those that a packet has.",
    parameters: {
      Packet: PACKET,
      Buffer: "The descriptor, or the first of a chain of them. None of them is in the packet yet.",
    },
    ownership: CHAINED,
    remarks: [
      "The descriptor that Tail names gets the new one as its next, and Tail is believed. Who edited the chain by hand calls `NdisRecalculatePacketCounts` first; otherwise memory is written that has nothing to do with the packet.",
      "The counts of the packet are no longer valid, so that the next query counts again.",
      EDIT,
      BY_HAND,
    ],
    decisions: [
      "The documents speak of one descriptor. The macro of the headers links the whole chain that starts with it, as this does.",
      "When the rules watch, a wrong Tail is reported and put right before the descriptor is linked.",
    ],
    rules: ["CHAIN-TAIL", ...CHAIN_RULES],
    related: ["NdisChainBufferAtFront", "NdisUnchainBufferAtBack", "NDIS_PACKET_LAST_NDIS_BUFFER"],
    example: "ndis5-build-a-packet",
  },
  NdisUnchainBufferAtFront: {
    summary: "Takes the first descriptor off a packet.",
    parameters: { Packet: PACKET, Buffer: "Where the descriptor goes, or NULL when the packet has none." },
    ownership: "The descriptor belongs to no packet any more. Whoever allocated it frees it or chains it again.",
    remarks: [
      "Called until it gives NULL, it empties a packet that is to be freed.",
      "The counts of the packet are no longer valid.",
      "With NDIS 6: read `NET_BUFFER_FIRST_MDL` and assign what `NDIS_MDL_LINKAGE` of it is. To skip a header, `NdisAdvanceNetBufferDataStart` is enough.",
    ],
    decisions: [
      "Whether the descriptor still names its successor is not documented, and implementations differ. Here its Next is NULL.",
      "What Tail is in a packet that becomes empty is not documented. Here it is NULL.",
    ],
    rules: WALK_RULES,
    related: ["NdisUnchainBufferAtBack", "NdisChainBufferAtFront", "NdisFreeBuffer", "NdisFreePacket"],
    example: "ndis5-take-a-packet-apart",
  },
  NdisUnchainBufferAtBack: {
    summary: "Takes the last descriptor off a packet.",
    parameters: { Packet: PACKET, Buffer: "Where the descriptor goes, or NULL when the packet has none." },
    ownership: "The descriptor belongs to no packet any more. Whoever allocated it frees it or chains it again.",
    remarks: [
      "The last one is the one that Tail names, which is believed. The chain is walked for the one before it.",
      "The counts of the packet are no longer valid.",
      "With NDIS 6: walk from `NET_BUFFER_FIRST_MDL` and cut with `NDIS_MDL_LINKAGE`. To drop bytes at the end, a smaller `NET_BUFFER_DATA_LENGTH` is enough.",
    ],
    decisions: [
      "What Head and Tail are in a packet that becomes empty is not documented. Here both are NULL.",
      "When the rules watch, a wrong Tail is reported and put right first.",
    ],
    rules: ["CHAIN-TAIL", ...WALK_RULES],
    related: ["NdisUnchainBufferAtFront", "NdisChainBufferAtBack", "NdisRecalculatePacketCounts"],
    example: "ndis5-take-a-packet-apart",
  },
  NdisRecalculatePacketCounts: {
    summary: "Tells a packet that its chain was edited by hand: finds the last descriptor, and makes the counts stale.",
    parameters: { Packet: PACKET },
    ownership: NOTHING,
    remarks: [
      "In spite of its name it counts nothing: `NdisQueryPacket` does, when it is asked next.",
      "A driver edits only chains that it made itself.",
      "With NDIS 6: nothing is kept beside the chain but `NET_BUFFER_CURRENT_MDL`, which `NdisAdjustNetBufferCurrentMdl` finds again after an edit.",
    ],
    decisions: [
      "The documents mention the counts only. The macro of the headers sets Tail, too, unless the packet is empty: then Tail stays what it was, and stands for nothing.",
    ],
    rules: WALK_RULES,
    related: ["NDIS_PACKET_VALID_COUNTS", "NdisQueryPacket", "NDIS_BUFFER_LINKAGE", "NDIS_PACKET_LAST_NDIS_BUFFER"],
    example: "ndis5-edit-a-chain",
  },
  NDIS_PACKET_FIRST_NDIS_BUFFER: {
    summary: "The first descriptor of a packet, to be read and to be assigned.",
    parameters: { _Packet: PACKET },
    returns: "The member Private.Head: a descriptor, or NULL in an empty packet.",
    ownership: NOTHING,
    remarks: [
      "To read it is the quickest way to the chain. Who assigns it has Tail and the counts to take care of: `NdisRecalculatePacketCounts`.",
      "In TypeScript `NDIS_PACKET_FIRST_NDIS_BUFFER.set(packet, buffer)` assigns.",
      "With NDIS 6: `NET_BUFFER_FIRST_MDL`.",
    ],
    decisions: ["No document of it was found; it is in the headers."],
    related: ["NDIS_PACKET_LAST_NDIS_BUFFER", "NdisQueryPacket", "NdisChainBufferAtFront"],
    example: "ndis5-edit-a-chain",
  },
  NDIS_PACKET_LAST_NDIS_BUFFER: {
    summary: "The last descriptor of a packet, to be read and to be assigned.",
    parameters: { _Packet: PACKET },
    returns: "The member Private.Tail: a descriptor, of no meaning in an empty packet.",
    ownership: NOTHING,
    remarks: [
      "Look at `NDIS_PACKET_FIRST_NDIS_BUFFER` first: after `NdisReinitializePacket` Tail still names a descriptor of the frame before.",
      "In TypeScript `NDIS_PACKET_LAST_NDIS_BUFFER.set(packet, buffer)` assigns.",
      "With NDIS 6: a NET_BUFFER does not know its last MDL. Walk from `NET_BUFFER_FIRST_MDL`.",
    ],
    decisions: ["No document of it was found; it is in the headers."],
    related: ["NDIS_PACKET_FIRST_NDIS_BUFFER", "NdisRecalculatePacketCounts", "NdisChainBufferAtBack"],
    example: "ndis5-edit-a-chain",
  },
  NDIS_PACKET_VALID_COUNTS: {
    summary: "Whether the counts that a packet keeps of its chain hold, to be read and to be assigned.",
    parameters: { _Packet: PACKET },
    returns: "The member Private.ValidCounts: TRUE or FALSE.",
    ownership: NOTHING,
    remarks: [
      "A driver assigns FALSE, after it changed the length of a descriptor in the packet or its chain. Only `NdisQueryPacket` makes it TRUE.",
      "In TypeScript `NDIS_PACKET_VALID_COUNTS.set(packet, 0)` assigns.",
      "With NDIS 6: there are no counts to hold. `NET_BUFFER_DATA_LENGTH` is the length, and who changes the data changes it.",
    ],
    decisions: ["In a new packet it is TRUE here, with all counts 0. The documents do not say."],
    related: ["NdisQueryPacket", "NdisRecalculatePacketCounts", "NdisAdjustBufferLength", "NDIS_PACKET_PRIVATE"],
    example: "ndis5-edit-a-chain",
  },
  NdisGetFirstBufferFromPacket: {
    summary: "Tells the first descriptor of a packet with its address and length, and the length of all.",
    parameters: {
      Packet: PACKET,
      FirstBuffer: "Where the descriptor goes.",
      FirstBufferVA: "Where its system address goes.",
      FirstBufferLength: "Where its length goes.",
      TotalBufferLength: "Where the bytes of all descriptors go.",
    },
    ownership: "Nothing changes hands. A mapping that is made stays with the descriptor.",
    failure: `An empty packet gives NULL, NULL, 0 and 0. When the pages cannot be mapped: ${BUG_CHECK}`,
    remarks: [
      "What a receiver calls first, to look at the header. The rest is reached with `NdisGetNextBuffer`.",
      "The length of all is counted each time, whatever ValidCounts says.",
      "A driver of NDIS 5.1 uses `NdisGetFirstBufferFromPacketSafe`.",
      "With NDIS 6: `NET_BUFFER_CURRENT_MDL` and `NET_BUFFER_DATA_LENGTH`; to look at a header, `NdisGetDataBuffer`.",
    ],
    decisions: ["What an empty packet gives is not documented."],
    rules: ["BUF-UNSAFE", ...WALK_RULES],
    related: ["NdisGetFirstBufferFromPacketSafe", "NdisQueryPacket", "NdisGetNextBuffer"],
    example: "ndis5-build-a-packet",
  },
  NdisGetFirstBufferFromPacketSafe: {
    summary: "Tells the first descriptor of a packet with its address, or none, and its length, and the length of all.",
    parameters: {
      Packet: PACKET,
      FirstBuffer: "Where the descriptor goes.",
      FirstBufferVA: "Where its system address goes, or NULL when it cannot be mapped.",
      FirstBufferLength: "Where its length goes.",
      TotalBufferLength: "Where the bytes of all descriptors go.",
      Priority: "An MM_PAGE_PRIORITY. It is not looked at here.",
    },
    ownership: "Nothing changes hands. A mapping that is made stays with the descriptor.",
    failure:
      "NULL as the address; the three others are right all the same. An empty packet gives NULL, NULL, 0 and 0: test FirstBuffer to tell the two apart.",
    remarks: [
      "As `NdisGetFirstBufferFromPacket`. `ndislab run --fail mapping:1` shows what a driver does without the address.",
      "With NDIS 6: `NET_BUFFER_CURRENT_MDL`, and `NdisGetDataBuffer`, which may give NULL as well.",
    ],
    rules: WALK_RULES,
    related: ["NdisGetFirstBufferFromPacket", "NdisQueryBufferSafe", "NdisGetNextBuffer"],
    example: "ndis5-build-a-packet",
  },
  NdisReinitializePacket: {
    summary: "Makes a packet forget its descriptors, so that it can carry another frame.",
    parameters: { Packet: "A packet that the caller allocated and has again." },
    ownership:
      "The descriptors stay linked to each other and belong to whoever allocated them. Who has no other pointer to them has lost them.",
    remarks: [
      "Quicker than to free the packet and to allocate one. Take the descriptors off first, or keep their addresses.",
      "Head becomes NULL and the counts stale. Nothing else changes: flags, reserved bytes, out-of-band data and extension are those of the frame before. The driver clears what the next one must not see.",
      "With NDIS 6: assign `NET_BUFFER_FIRST_MDL`, `NET_BUFFER_CURRENT_MDL` and the offsets and lengths of the NET_BUFFER, or let `NdisAdjustNetBufferCurrentMdl` find what follows from them.",
    ],
    decisions: [
      "The documents of Windows CE have MiniportReserved and ProtocolReserved zeroed, those of the desktop say that they are not, and the macro of the headers does not. Nor does this.",
      "That a descriptor was forgotten is known only when it leaks: PKT-BUFLEFT then names this call.",
    ],
    rules: ["PKT-BUFLEFT", "PKT-NOTPOOL"],
    related: ["NdisUnchainBufferAtFront", "NdisFreePacket", "NdisClearPacketFlags", "NDIS_PACKET_PRIVATE"],
    example: "ndis5-take-a-packet-apart",
  },
  NdisQueryPacket: {
    summary: "Tells how many descriptors, pages and bytes a packet has, and the first descriptor.",
    parameters: {
      Packet: PACKET,
      PhysicalBufferCount: "Where the number of pages goes, each counted for each descriptor that touches it.",
      BufferCount: "Where the number of descriptors goes.",
      FirstBuffer: "Where the first descriptor goes, or NULL in an empty packet.",
      TotalPacketLength: "Where the number of bytes goes.",
    },
    ownership: NOTHING,
    remarks: [
      "At least one of the four pointers is not NULL.",
      "The counts are kept in the packet. They are made when one of them is asked for and ValidCounts is FALSE; otherwise what was counted last is told, right or wrong.",
      "With NDIS 6: `NET_BUFFER_DATA_LENGTH` and `NET_BUFFER_FIRST_MDL`. For the pages there is `NdisQueryNetBufferPhysicalCount`; MDLs are counted by nobody.",
    ],
    decisions: [
      "With four NULL pointers nothing happens, and PKT-QUERYNONE says so.",
      "When the rules watch, counts that are marked valid and are not are reported and made again.",
    ],
    rules: ["CHAIN-COUNTS", "CHAIN-TAIL", "PKT-QUERYNONE", ...WALK_RULES],
    related: [
      "NdisQueryPacketLength",
      "NDIS_PACKET_VALID_COUNTS",
      "NdisGetFirstBufferFromPacketSafe",
      "NdisGetNextBuffer",
    ],
    example: "ndis5-build-a-packet",
  },
  NdisQueryPacketLength: {
    summary: "Tells how many bytes a packet has.",
    parameters: { Packet: PACKET, TotalPacketLength: "Where the number goes." },
    ownership: NOTHING,
    remarks: [
      "`NdisQueryPacket` for the length alone: the count that the packet keeps, made first when it is stale.",
      "With NDIS 6: `NET_BUFFER_DATA_LENGTH`.",
    ],
    decisions: ["No document of it was found; it is in the headers."],
    rules: ["CHAIN-COUNTS", ...WALK_RULES],
    related: ["NdisQueryPacket", "NDIS_PACKET_VALID_COUNTS"],
    example: "ndis5-build-a-packet",
  },
  NdisCopyFromPacketToPacket: {
    summary: "Copies bytes of one packet to another, wherever their descriptors are cut.",
    parameters: {
      Destination: "The packet to write to. Its descriptors are the room.",
      DestinationOffset: "Bytes to leave out at its start.",
      BytesToCopy: "How many bytes at most.",
      Source: "The packet to read from.",
      SourceOffset: "Bytes to leave out at its start.",
      BytesCopied: "Where the number of bytes goes that were copied.",
    },
    ownership: NOTHING,
    failure: `Fewer bytes than were asked for: the source or the room came to its end. When pages cannot be mapped: ${BUG_CHECK}`,
    remarks: [
      "Bytes only: lengths, counts, flags and out-of-band data stay. To copy those, move what `NDIS_OOB_DATA_FROM_PACKET` points at, and use `NdisIMCopySendPerPacketInfo`.",
      "The two ranges do not overlap. No spin lock is held.",
      "A driver of NDIS 5.1 uses `NdisCopyFromPacketToPacketSafe`.",
      "With NDIS 6: `NdisCopyFromNetBufferToNetBuffer`, which is safe, and says the same number.",
    ],
    decisions: ["Of an offset at or behind the end no document speaks. Nothing is copied, and BytesCopied is 0."],
    rules: ["BUF-UNSAFE", "SPIN-HELD", ...WALK_RULES],
    related: ["NdisCopyFromPacketToPacketSafe", "NdisCopyBuffer", "NdisCopyFromNetBufferToNetBuffer"],
    example: "ndis5-copy-packets",
  },
  NdisCopyFromPacketToPacketSafe: {
    summary: "Copies bytes of one packet to another, and nothing when their pages cannot be mapped.",
    parameters: {
      Destination: "The packet to write to. Its descriptors are the room.",
      DestinationOffset: "Bytes to leave out at its start.",
      BytesToCopy: "How many bytes at most.",
      Source: "The packet to read from.",
      SourceOffset: "Bytes to leave out at its start.",
      BytesCopied: "Where the number of bytes goes that were copied.",
      Priority: "An MM_PAGE_PRIORITY. It is not looked at here.",
    },
    ownership: NOTHING,
    failure:
      "Fewer bytes than were asked for: the source or the room came to its end. 0 when pages cannot be mapped; then no byte of the destination has changed.",
    remarks: [
      "As `NdisCopyFromPacketToPacket`, without the bug check. No spin lock is held.",
      "With NDIS 6: `NdisCopyFromNetBufferToNetBuffer`.",
    ],
    decisions: [
      "How much is copied when only one descriptor of several cannot be mapped is not documented. Here all that are needed are mapped first, so that no copy is half done.",
    ],
    rules: ["SPIN-HELD", ...WALK_RULES],
    related: ["NdisCopyFromPacketToPacket", "NdisCopyFromNetBufferToNetBuffer"],
    example: "ndis5-copy-packets",
  },
} as const satisfies DdiPages;
