import type { StructurePages } from "../page.js";

/** What NDIS 5 keeps of a packet. */
export const PACKET_STRUCTURE_PAGES = {
  NDIS_PACKET_PRIVATE: {
    summary:
      "The part of an NDIS 5 packet that its macros and functions keep: the chain of descriptors and its counts.",
    members: {
      PhysicalCount: "Pages that the descriptors touch, when ValidCounts is TRUE.",
      TotalLength: "Bytes of all descriptors, when ValidCounts is TRUE.",
      Head: "The first buffer descriptor; NULL in an empty packet.",
      Tail: "The last one. Of no meaning in an empty packet.",
      Pool: "The pool the packet came from.",
      Count: "Descriptors in the chain, when ValidCounts is TRUE.",
      Flags: "`NDIS_FLAGS_…` bits for the whole packet; the lowest four are the protocol id of the pool.",
      ValidCounts: "Whether the three counts hold. Whoever edits the chain by hand makes it FALSE.",
      NdisPacketFlags:
        "fPACKET_ALLOCATED_BY_NDIS in a packet of a pool, fPACKET_CONTAINS_MEDIA_SPECIFIC_INFO once it was set.",
      NdisPacketOobOffset: "Where the out-of-band data starts, counted from the packet.",
    },
    ownership: "It belongs to its packet.",
    remarks: [
      "Drivers reach it through functions and macros: `NdisQueryPacket` for the counts, which it computes and keeps when they do not hold; `NdisChainBufferAtFront` and its kin for the chain.",
      "`NdisReinitializePacket` forgets the chain and the counts and nothing else: Flags, the reserved areas and the out-of-band data stay as they were.",
    ],
    decisions: [
      "One older document has reserved areas zeroed when a packet is reinitialized. The headers do not, and neither does this system.",
    ],
    rules: ["CHAIN-TAIL", "CHAIN-COUNTS", "CHAIN-CYCLE"],
    related: [
      "NDIS_PACKET",
      "NdisQueryPacket",
      "NdisChainBufferAtBack",
      "NdisReinitializePacket",
      "NDIS_PACKET_FIRST_NDIS_BUFFER",
      "NDIS_PACKET_VALID_COUNTS",
      "NdisGetPoolFromPacket",
      "NdisGetPacketFlags",
    ],
    example: "inside-a-packet",
  },
  NDIS_PACKET: {
    summary: "One frame of NDIS 5: a chain of buffer descriptors, with areas for the drivers that handle it.",
    members: {
      Private: "The chain, its counts and flags.",
      MiniportReserved: "Two pointers' worth of bytes for the miniport that has the packet.",
      WrapperReserved: "As many for NDIS.",
      MiniportReservedEx: "In the same storage: three pointers' worth for a deserialized miniport.",
      WrapperReservedEx: "And one for NDIS.",
      MacReserved: "In the same storage: the whole area under its oldest name.",
      Reserved: "NDIS's own.",
      ProtocolReserved: "The first of the bytes for the protocol; there are as many as the pool was made with.",
    },
    ownership:
      "Whoever allocated it from a pool frees it, with `NdisFreePacket`, after the descriptors were taken off: they are not freed with it. A sender has it no more from the send until the completion; a receiver of an indicated packet has it until it returns the packet.",
    remarks: [
      "A packet of a pool is one block: this structure up to ProtocolReserved, the reserved bytes that the pool was made with, rounded up to 8, then `NDIS_PACKET_OOB_DATA` and right behind it `NDIS_PACKET_EXTENSION`. Only `NdisPacketOobOffset` tells where the out-of-band data starts; `sizeof(NDIS_PACKET)` says nothing of it.",
      "A packet that comes from its pool again is zero all over, but for its pool, its flags and that offset.",
    ],
    decisions: [
      "Windows keeps bytes of its own in front of the packet's address. Here there are 8, and nothing may rely on them.",
    ],
    rules: ["PKT-LEAK", "PKT-DFREE", "PKT-NOTPOOL", "PKT-BUFLEFT"],
    related: ["NDIS_PACKET_PRIVATE", "NDIS_PACKET_OOB_DATA", "NdisAllocatePacket", "NdisFreePacket", "NET_BUFFER"],
    example: "inside-a-packet",
  },
  NDIS_PACKET_OOB_DATA: {
    summary: "What goes with an NDIS 5 packet beside its bytes: times, header size, status.",
    members: {
      TimeToSend: "Of a frame that goes out: when it was meant to. A note, obsolete since Windows 2000.",
      TimeSent: "Of a frame that came in: when its sender sent it. The same storage.",
      TimeReceived: "When it came in.",
      HeaderSize: "Bytes of the medium's header, for the receiver of an indication.",
      SizeMediaSpecificInfo: "Bytes behind the next member.",
      MediaSpecificInformation: "Whatever the medium needs; valid only while the packet's flag says so.",
      Status: "How a send went; in an indication, whether the receiver may keep the packet.",
    },
    ownership:
      "It belongs to its packet and dies with it. What MediaSpecificInformation points at stays the property of whoever set it.",
    remarks: [
      "`NDIS_OOB_DATA_FROM_PACKET` finds it. A packet that no pool made has no offset to find it by: the macros would then write over the packet itself.",
      "NDIS_STATUS_RESOURCES in Status of an indicated packet means that the miniport has it again as soon as the call returns.",
    ],
    rules: ["PKT-NOOOB"],
    related: [
      "NDIS_PACKET",
      "NDIS_OOB_DATA_FROM_PACKET",
      "NDIS_SET_PACKET_STATUS",
      "NDIS_GET_PACKET_HEADER_SIZE",
      "NDIS_GET_PACKET_TIME_SENT",
      "NDIS_GET_PACKET_TIME_RECEIVED",
      "NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO",
      "NDIS_PACKET_EXTENSION",
    ],
    example: "inside-a-packet",
  },
  NDIS_PACKET_EXTENSION: {
    summary: "The slots of an NDIS 5 packet, right behind its out-of-band data.",
    members: { NdisPacketInfo: "One word for each slot of `NDIS_PER_PACKET_INFO`." },
    ownership: "It belongs to its packet and dies with it. What a slot points at stays the property of whoever set it.",
    decisions: [
      "NDIS 5.1 had 9 slots, the headers of NDIS 6 have 12. Here there are 12; `NdisPacketSize` counts them.",
    ],
    rules: ["PKT-NOOOB"],
    related: ["NDIS_PER_PACKET_INFO", "NDIS_PACKET_EXTENSION_FROM_PACKET", "NDIS_PER_PACKET_INFO_FROM_PACKET"],
    example: "inside-a-packet",
  },
  NDIS_PER_PACKET_INFO: {
    summary: "Numbers the slots of an NDIS 5 packet's extension.",
    members: {
      TcpIpChecksumPacketInfo: "Checksums to compute, or that were found right or wrong.",
      IpSecPacketInfo: "IPsec work for the adapter.",
      TcpLargeSendPacketInfo: "How the adapter is to cut a large send into segments.",
      ClassificationHandlePacketInfo: "Handle of the packet scheduler's class.",
      NdisReserved: "NDIS's own.",
      ScatterGatherListPacketInfo: "The scatter and gather list of a send.",
      Ieee8021QInfo: "Priority and VLAN id of the frame.",
      OriginalPacketInfo: "The packet that this one was made from.",
      PacketCancelId: "Under which number the send can be cancelled.",
      OriginalNetBufferList: "Since NDIS 6.0: the list that the packet stands for.",
      CachedNetBufferList: "Since NDIS 6.0: a list that is kept for it.",
      ShortPacketPaddingInfo: "Since NDIS 6.0: bytes that were added to a frame that was too short.",
      MaxPerPacketInfo: "How many slots there are.",
    },
    ownership: "The slots belong to the owner of the packet.",
    remarks: ["`NDIS_PER_PACKET_INFO_FROM_PACKET` reads and assigns a slot; two have macros of their own."],
    related: [
      "NDIS_PACKET_EXTENSION",
      "NDIS_PER_PACKET_INFO_FROM_PACKET",
      "NdisIMCopySendPerPacketInfo",
      "NDIS_GET_ORIGINAL_PACKET",
      "NDIS_SET_PACKET_CANCEL_ID",
      "NDIS_NET_BUFFER_LIST_INFO",
    ],
    example: "inside-a-packet",
  },
  NDIS_PACKET_STACK: {
    summary: "What a driver in the middle of an NDIS 5.1 stack keeps with a packet at its own place.",
    members: {
      IMReserved: "Two words for the intermediate driver at this place.",
      NdisReserved: "NDIS's own.",
    },
    ownership:
      "The packet has one for each intermediate driver it passes. A driver uses the two words of its own place, from the time it gets the packet until it passes it back.",
    remarks: [
      "With a place of its own a driver can pass on the packet it was given, instead of a second packet over the same descriptors.",
    ],
    decisions: [
      "Windows keeps the places in front of the packet, where only NDIS finds them. Packets of this system have none, since no NDIS 5 driver is bound in the middle of a stack here; the structure is there for code that keeps such records itself.",
    ],
    related: ["NDIS_PACKET"],
    example: "packet-stack",
  },
} as const satisfies StructurePages;
