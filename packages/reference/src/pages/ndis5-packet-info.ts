import type { DdiPages } from "../page.js";

const PACKET = "A packet of a pool.";
const NOTHING = "Nothing changes hands.";
const OWN = "Only who has the packet assigns.";
const POINTED = "What the value points at stays the property of whoever set it, who has the packet.";
const TIME = "In units of 100 ns since the start of 1601. In TypeScript it is a bigint.";
const NO_TIMES =
  "With NDIS 6: lists have no member for it. A driver that needs times keeps them in a context of the list; information that travels with it is `NET_BUFFER_LIST_INFO`.";
const INFO = "With NDIS 6: `NET_BUFFER_LIST_INFO`, by the names of `NDIS_NET_BUFFER_LIST_INFO`.";
const OOB = ["PKT-NOOOB", "PKT-NOTPOOL"] as const;

/** What a packet carries beside its bytes. */
export const NDIS5_PACKET_INFO_PAGES = {
  NDIS_OOB_DATA_FROM_PACKET: {
    summary: "Finds the out-of-band data of a packet.",
    parameters: { Packet: PACKET },
    returns: "The address of its `NDIS_PACKET_OOB_DATA`.",
    ownership: "It belongs to its packet and dies with it.",
    remarks: [
      "Adds NdisPacketOobOffset to the address of the packet; there is no other way to find it. Each member has macros of its own, which say more clearly what is meant.",
      "An intermediate driver copies all of it into its own packet, and a miniport clears it when a packet comes back, with sizeof(NDIS_PACKET_OOB_DATA) as the length.",
      "With NDIS 6: `NET_BUFFER_LIST_INFO` for information, `NET_BUFFER_LIST_STATUS` for the status.",
    ],
    decisions: [
      "The documents promise NULL for a packet without out-of-band data. The macro of the headers never gives NULL: where the offset is 0 it is the packet itself, which is then overwritten. When the rules watch, PKT-NOOOB says so, and what is assigned goes to a place where it does no harm.",
      "In the headers it is a macro. Here it is a function, so that the rules see it; in C all others of this family stand upon it.",
    ],
    rules: OOB,
    related: ["NDIS_PACKET_OOB_DATA", "NDIS_PACKET_EXTENSION_FROM_PACKET", "NDIS_GET_PACKET_STATUS", "NDIS_PACKET"],
    example: "ndis5-out-of-band",
  },
  NDIS_PACKET_EXTENSION_FROM_PACKET: {
    summary: "Finds the extension of a packet, with its slots of information.",
    parameters: { _Packet: PACKET },
    returns: "The address of its `NDIS_PACKET_EXTENSION`, right behind the out-of-band data.",
    ownership: "It belongs to its packet and dies with it.",
    remarks: ["For who reads several slots. For one there is `NDIS_PER_PACKET_INFO_FROM_PACKET`.", INFO],
    decisions: [
      "The documents of Windows CE promise NULL where there is no such information. The macro of the headers, and this one, never give NULL; slots that nobody set are NULL in a new packet.",
    ],
    rules: OOB,
    related: ["NDIS_PER_PACKET_INFO_FROM_PACKET", "NDIS_OOB_DATA_FROM_PACKET", "NDIS_PER_PACKET_INFO"],
    example: "ndis5-out-of-band",
  },
  NDIS_PER_PACKET_INFO_FROM_PACKET: {
    summary: "A slot of a packet's extension, to be read and to be assigned.",
    parameters: { _Packet: PACKET, _Id: "Which slot: one of `NDIS_PER_PACKET_INFO`. It is not checked." },
    returns: "What the slot holds: a value or a pointer, as its name says.",
    ownership: POINTED,
    remarks: [
      "A protocol asks here for checksums, large sends or a priority, and a miniport reads it; the other way round a miniport tells what it found.",
      "In C it stands on either side of an assignment. In TypeScript `NDIS_PER_PACKET_INFO_FROM_PACKET.set(packet, id, value)` assigns.",
      INFO,
    ],
    rules: OOB,
    related: [
      "NDIS_PER_PACKET_INFO",
      "NDIS_PACKET_EXTENSION_FROM_PACKET",
      "NdisIMCopySendPerPacketInfo",
      "NDIS_SET_PACKET_CANCEL_ID",
      "NET_BUFFER_LIST_INFO",
    ],
    example: "ndis5-out-of-band",
  },
  NDIS_GET_PACKET_HEADER_SIZE: {
    summary: "Tells how many bytes the medium's header has, in a packet that was received.",
    parameters: { _Packet: PACKET },
    returns: "HeaderSize of the out-of-band data: 14 for plain Ethernet.",
    ownership: NOTHING,
    remarks: [
      "All of the header lies in the first descriptor of the packet.",
      "With NDIS 6: nothing tells it. The medium is known from the binding; how to look at the bytes of a header, see `NdisGetDataBuffer`.",
    ],
    rules: OOB,
    related: ["NDIS_SET_PACKET_HEADER_SIZE", "NDIS_PACKET_OOB_DATA"],
    example: "ndis5-out-of-band",
  },
  NDIS_SET_PACKET_HEADER_SIZE: {
    summary: "Says how many bytes the medium's header has, in a packet that is to be indicated.",
    parameters: { _Packet: PACKET, _HeaderSize: "Bytes of the header." },
    ownership: OWN,
    remarks: [
      "A miniport sets it once in each packet of its receive pool, and again when it has cleared the out-of-band data. `NdisReinitializePacket` leaves it alone.",
      "With NDIS 6: nothing is set.",
    ],
    rules: OOB,
    related: ["NDIS_GET_PACKET_HEADER_SIZE", "NDIS_OOB_DATA_FROM_PACKET"],
    example: "ndis5-out-of-band",
  },
  NDIS_GET_PACKET_STATUS: {
    summary: "Tells the status of a packet: how a send went, or who has it after an indication.",
    parameters: { _Packet: PACKET },
    returns: "Status of the out-of-band data.",
    ownership: NOTHING,
    remarks: [
      "A miniport looks after the indication: NDIS_STATUS_SUCCESS, the packet is its own again; NDIS_STATUS_PENDING, the protocols have it until it is returned. A protocol looks before: NDIS_STATUS_RESOURCES, it copies the data at once.",
      "With NDIS 6: `NET_BUFFER_LIST_STATUS` for a send. For an indication a flag of the call says whether the lists may be kept.",
    ],
    rules: OOB,
    related: ["NDIS_SET_PACKET_STATUS", "NDIS_PACKET_OOB_DATA"],
    example: "ndis5-out-of-band",
  },
  NDIS_SET_PACKET_STATUS: {
    summary: "Says how a send went, or whether the protocols may keep a packet that is to be indicated.",
    parameters: {
      _Packet: PACKET,
      _Status:
        "Of an indication NDIS_STATUS_SUCCESS or NDIS_STATUS_RESOURCES; of a send the result, or NDIS_STATUS_PENDING.",
    },
    ownership:
      "Before an indication it decides: with NDIS_STATUS_SUCCESS the packet is given up until it is returned; with NDIS_STATUS_RESOURCES the miniport has it again when the call returns.",
    remarks: [
      "In an array of packets, NDIS_STATUS_RESOURCES in one holds for those behind it, too.",
      "With NDIS 6: `NET_BUFFER_LIST_STATUS` for a send, and a flag of the indication.",
    ],
    rules: OOB,
    related: ["NDIS_GET_PACKET_STATUS", "NDIS_PACKET_OOB_DATA"],
    example: "ndis5-out-of-band",
  },
  NDIS_GET_PACKET_TIME_TO_SEND: {
    summary: "Tells when a packet was meant to be sent.",
    parameters: { _Packet: PACKET },
    returns: `TimeToSend of the out-of-band data. ${TIME}`,
    ownership: NOTHING,
    remarks: ["It shares its storage with TimeSent: 0 in a new packet, and what was set last.", NO_TIMES],
    rules: OOB,
    related: ["NDIS_SET_PACKET_TIME_TO_SEND", "NDIS_GET_PACKET_TIME_SENT"],
    example: "ndis5-packet-times",
  },
  NDIS_SET_PACKET_TIME_TO_SEND: {
    summary: "Notes when a packet is meant to be sent.",
    parameters: { _Packet: PACKET, _TimeToSend: TIME },
    ownership: OWN,
    remarks: [
      "A note and no more: NDIS does not wait for it. It is obsolete since Windows 2000.",
      "It overwrites TimeSent.",
      NO_TIMES,
    ],
    decisions: [
      "One document has a miniport send by this time, another says that it does not matter for when the packet goes out. Here nothing looks at it.",
    ],
    rules: OOB,
    related: ["NDIS_GET_PACKET_TIME_TO_SEND", "NDIS_SET_PACKET_TIME_SENT"],
    example: "ndis5-packet-times",
  },
  NDIS_GET_PACKET_TIME_SENT: {
    summary: "Tells when a frame that was received had been sent, by the clock of its sender.",
    parameters: { _Packet: PACKET },
    returns: `TimeSent of the out-of-band data. ${TIME}`,
    ownership: NOTHING,
    remarks: ["Only few media tell it. Otherwise it is 0 in a new packet, or what was there before.", NO_TIMES],
    rules: OOB,
    related: ["NDIS_SET_PACKET_TIME_SENT", "NDIS_GET_PACKET_TIME_RECEIVED", "NDIS_GET_PACKET_TIME_TO_SEND"],
    example: "ndis5-packet-times",
  },
  NDIS_SET_PACKET_TIME_SENT: {
    summary: "Notes when a frame that is to be indicated had been sent, by the clock of its sender.",
    parameters: { _Packet: PACKET, _TimeSent: TIME },
    ownership: OWN,
    remarks: ["It overwrites TimeToSend, which is the same storage.", NO_TIMES],
    rules: OOB,
    related: ["NDIS_GET_PACKET_TIME_SENT", "NDIS_SET_PACKET_TIME_TO_SEND", "NDIS_SET_PACKET_TIME_RECEIVED"],
    example: "ndis5-packet-times",
  },
  NDIS_GET_PACKET_TIME_RECEIVED: {
    summary: "Tells when a frame came in.",
    parameters: { _Packet: PACKET },
    returns: `TimeReceived of the out-of-band data. ${TIME}`,
    ownership: NOTHING,
    remarks: ["0 in a new packet that its miniport noted nothing in.", NO_TIMES],
    rules: OOB,
    related: ["NDIS_SET_PACKET_TIME_RECEIVED", "NDIS_GET_PACKET_TIME_SENT"],
    example: "ndis5-packet-times",
  },
  NDIS_SET_PACKET_TIME_RECEIVED: {
    summary: "Notes when a frame that is to be indicated came in.",
    parameters: { _Packet: PACKET, _TimeReceived: TIME },
    ownership: OWN,
    remarks: ["Packets that are indicated together may have the same time, where the card has no clock.", NO_TIMES],
    rules: OOB,
    related: ["NDIS_GET_PACKET_TIME_RECEIVED", "NDIS_SET_PACKET_TIME_SENT"],
    example: "ndis5-packet-times",
  },
  NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO: {
    summary: "Tells where the information is that a medium needs beside the frame, and how long it is.",
    parameters: {
      _Packet: "The packet.",
      _MediaSpecificInfo: "Where the address goes, or NULL.",
      _SizeMediaSpecificInfo: "Where the number of bytes goes, or 0.",
    },
    ownership: "The bytes stay the property of whoever set them, and are there as long as one has the packet.",
    failure: "NULL and 0: nothing was set, or the packet is of no pool.",
    remarks: ["A statement in C, not an expression.", INFO],
    rules: OOB,
    related: ["NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO", "NDIS_PACKET_OOB_DATA"],
    example: "ndis5-media-specific",
  },
  NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO: {
    summary: "Attaches information that a medium needs beside the frame.",
    parameters: {
      _Packet: "The packet. For one of no pool nothing happens.",
      _MediaSpecificInfo: "The bytes; not NULL.",
      _SizeMediaSpecificInfo: "How many; not 0.",
    },
    ownership: "Nothing is copied: the bytes stay the caller's, and stay where they are until the packet comes back.",
    remarks: [
      "Sets fPACKET_CONTAINS_MEDIA_SPECIFIC_INFO, which stays set when the packet is reinitialised: who uses the packet again sets other information, or allocates the packet anew.",
      "A statement in C, not an expression.",
      INFO,
    ],
    decisions: ["NULL and 0 are forbidden and not looked at, in the macro of the headers as here."],
    rules: OOB,
    related: ["NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO", "NDIS_PACKET_PRIVATE"],
    example: "ndis5-media-specific",
  },
  NDIS_GET_ORIGINAL_PACKET: {
    summary: "Tells which packet this one was made from, where a driver in between made it.",
    parameters: { _Packet: "A packet that the driver below indicated." },
    returns: "What the slot OriginalPacketInfo holds: the packet of the lowest driver, or NULL when nobody set it.",
    ownership: "The original stays its owner's. It is only read, for its out-of-band data.",
    remarks: [
      "NULL means that this packet is the original.",
      "With NDIS 6: the member ParentNetBufferList of a list that was made from another, where the driver in between entered it.",
    ],
    decisions: [
      "The documents promise the packet itself where there is no driver in between. The macro of the headers, and this one, read the slot, which is then NULL.",
    ],
    rules: OOB,
    related: ["NDIS_SET_ORIGINAL_PACKET", "NdisGetReceivedPacket", "NDIS_PER_PACKET_INFO"],
    example: "ndis5-send-on",
  },
  NDIS_SET_ORIGINAL_PACKET: {
    summary: "Notes in a packet of one's own which packet it was made from.",
    parameters: {
      _Packet: "The packet of one's own.",
      _OriginalPacket: "The packet of the lowest driver, or NULL to forget it.",
    },
    ownership: "A note: the original stays its owner's, and has to stay as long as the note is read.",
    remarks: [
      "What an intermediate driver hands on is the original of the packet it got, where that has one, so that the receiver at the top finds the first.",
      "With NDIS 6: the driver assigns the member ParentNetBufferList of its own `NET_BUFFER_LIST`, and copies the information with `NdisCopyReceiveNetBufferListInfo`.",
    ],
    decisions: [
      "The documents have the contents of the original copied into the packet. The macro of the headers, and this one, enter its address and copy nothing.",
    ],
    rules: OOB,
    related: ["NDIS_GET_ORIGINAL_PACKET", "NdisIMCopySendPerPacketInfo"],
    example: "ndis5-send-on",
  },
  NDIS_GET_PACKET_CANCEL_ID: {
    summary: "Tells under which id a packet's send can be cancelled.",
    parameters: { _Packet: PACKET },
    returns: "What the slot PacketCancelId holds; NULL when nobody set it.",
    ownership: NOTHING,
    remarks: [
      "A miniport that is asked to cancel compares it with the id of the request, for every packet in its queue.",
      "With NDIS 6: `NDIS_GET_NET_BUFFER_LIST_CANCEL_ID`.",
    ],
    rules: OOB,
    related: ["NDIS_SET_PACKET_CANCEL_ID", "NDIS_GET_NET_BUFFER_LIST_CANCEL_ID"],
    example: "ndis5-send-on",
  },
  NDIS_SET_PACKET_CANCEL_ID: {
    summary: "Marks a packet with the id that its send can be cancelled under.",
    parameters: {
      _Packet: PACKET,
      _CancelId: "The id. Any number of packets may have the same; the driver keeps it to cancel with.",
    },
    ownership: "Only who sends the packet first sets it. An intermediate driver hands it on unchanged.",
    remarks: ["With NDIS 6: `NDIS_SET_NET_BUFFER_LIST_CANCEL_ID`."],
    rules: OOB,
    related: ["NDIS_GET_PACKET_CANCEL_ID", "NdisIMCopySendPerPacketInfo"],
    example: "ndis5-send-on",
  },
  NDIS_GET_PACKET_PROTOCOL_TYPE: {
    summary: "Tells for which protocol a packet is.",
    parameters: { _Packet: "The packet." },
    returns: "The lowest four bits of its flags: what `NdisSetPacketPoolProtocolId` said of its pool, or 0.",
    ownership: NOTHING,
    remarks: [
      "A miniport computes checksums of TCP and IP only for NDIS_PROTOCOL_ID_TCP_IP, 2.",
      "With NDIS 6: `NdisGetNetBufferListProtocolId`.",
    ],
    related: ["NdisSetPacketPoolProtocolId", "NdisGetPacketFlags"],
    example: "ndis5-packet-pool-with-overflow",
  },
  NdisGetPacketFlags: {
    summary: "The flags of a packet, to be read.",
    parameters: { _Packet: "The packet." },
    returns: "The member Private.Flags: `NDIS_FLAGS_…` bits, the lowest four the protocol id.",
    ownership: NOTHING,
    remarks: [
      "It is the plain member, so that it can be assigned, too: `NdisGetPacketFlags.set(packet, flags)` in TypeScript. Drivers use `NdisSetPacketFlags` and `NdisClearPacketFlags`, which leave the other bits alone.",
      "With NDIS 6: `NET_BUFFER_LIST_FLAGS`.",
    ],
    decisions: [
      "The documents give 0 for a packet that no flags were set in. The protocol id of its pool is in there all the same.",
    ],
    related: ["NdisSetPacketFlags", "NdisClearPacketFlags", "NDIS_GET_PACKET_PROTOCOL_TYPE"],
    example: "ndis5-packet-flags",
  },
  NdisSetPacketFlags: {
    summary: "Sets flags of a packet, and leaves the others as they are.",
    parameters: { _Packet: "The packet.", _Flags: "The flags to set, as `NDIS_FLAGS_DONT_LOOPBACK`." },
    ownership: OWN,
    remarks: [
      "Flags stay over `NdisReinitializePacket`: who uses a packet again clears them.",
      "The lowest four bits are the protocol id. Leave them out.",
      "With NDIS 6: `NdisSetNblFlag`.",
    ],
    decisions: [
      "The documents say that the value is set. The macro of the headers, and this one, add it to what is set.",
    ],
    related: ["NdisClearPacketFlags", "NdisGetPacketFlags"],
    example: "ndis5-packet-flags",
  },
  NdisClearPacketFlags: {
    summary: "Clears flags of a packet, and leaves the others as they are.",
    parameters: { _Packet: "The packet.", _Flags: "The flags to clear." },
    ownership: OWN,
    remarks: ["The lowest four bits are the protocol id. Leave them out.", "With NDIS 6: `NdisClearNblFlag`."],
    decisions: ["No document of it was found; it is in the headers."],
    related: ["NdisSetPacketFlags", "NdisGetPacketFlags"],
    example: "ndis5-packet-flags",
  },
  NdisIMCopySendPerPacketInfo: {
    summary: "Copies the information slots of a packet that is to be sent on into the packet that it is sent on in.",
    parameters: {
      DstPacket: "The intermediate driver's own packet.",
      SrcPacket: "The packet that came from above.",
    },
    ownership: "What slots point at stays the property of whoever set it, until the packet from above is completed.",
    remarks: [
      "For each packet that is sent on as it is. Who has to change a slot does so afterwards, with `NDIS_PER_PACKET_INFO_FROM_PACKET`.",
      "No out-of-band data and no flag is copied.",
      "With NDIS 6: `NdisCopySendNetBufferListInfo`.",
    ],
    decisions: [
      "Which slots are copied is not documented. Here all are, the original packet and the cancel id among them.",
    ],
    rules: OOB,
    related: ["NdisIMCopySendCompletePerPacketInfo", "NDIS_SET_ORIGINAL_PACKET", "NdisCopyFromPacketToPacket"],
    example: "ndis5-send-on",
  },
  NdisIMCopySendCompletePerPacketInfo: {
    summary:
      "Copies the information slots of a packet whose send is complete back into the packet that came from above.",
    parameters: {
      DstPacket: "The packet that came from above, and is to be completed.",
      SrcPacket: "The intermediate driver's own packet, back from below.",
    },
    ownership: "What slots point at stays the property of whoever set it.",
    remarks: [
      "So the protocol sees what the miniport entered, such as the bytes that a large send took.",
      "With NDIS 6: the same function as on the way down, `NdisCopySendNetBufferListInfo`, or nothing where the list itself was sent on.",
    ],
    decisions: [
      "Which slots are copied is not documented. Here all are: take out first what the protocol must not see, such as the original packet.",
    ],
    rules: OOB,
    related: ["NdisIMCopySendPerPacketInfo", "NDIS_PER_PACKET_INFO_FROM_PACKET"],
    example: "ndis5-send-on",
  },
} as const satisfies DdiPages;
