import type { DdiPages } from "../page.js";

const LIST = { _NBL: "The NET_BUFFER_LIST." } as const;
const NOTHING = "Nothing changes hands.";
const COPY_OWNERSHIP =
  "Nothing changes hands. What a slot points at stays the property of whoever put it there, and has to live as long as either list needs it.";
const COPY_REST =
  "Nothing else is copied: no NET_BUFFERs, no context, neither of the words of flags, no status. What a slot holds is replaced, also by NULL; the slots that are not named here stay as they are.";
const COPY_DECISIONS = [
  "Information private to NDIS is said to be copied too. Here there is none.",
  "VirtualSubnetInfo is copied on AMD64 only. This system is 32-bit Windows, which has the slot since NDIS 6.82, so it is not. Slots that were added to the list of copies with newer versions of Windows are copied always.",
] as const;
const ADAPTER_ONLY = "Only the driver of an adapter assigns it, in lists that it is about to indicate.";
const SINCE = "The page has it since NDIS 6.30, while headers have it for NDIS 6.0 drivers as well.";
const TWICE =
  "It is an inline function in newer headers and called a macro in its text. Here it is a macro, and C evaluates the list twice.";

export const NET_BUFFER_LIST_INFO_PAGES = {
  NdisCopySendNetBufferListInfo: {
    summary: "Copies what goes along with frames on a send from one NET_BUFFER_LIST to another.",
    parameters: {
      DestNetBufferList: "The list that goes on in the place of the other, which the caller has.",
      SrcNetBufferList: "The list that came from above.",
    },
    ownership: COPY_OWNERSHIP,
    remarks: [
      "For a driver that holds a send and passes a clone or a list of its own on: without it, the adapter does not learn of checksums to compute, of the VLAN, of a large send to cut.",
      "The slots: TcpIpChecksumNetBufferListInfo, IPsecOffloadV1NetBufferListInfo, TcpLargeSendNetBufferListInfo, Ieee8021QNetBufferListInfo, NetBufferListCancelId, MediaSpecificInformation, NetBufferListProtocolId, both of IPsecOffloadV2, and NetBufferListFilteringInfo.",
      COPY_REST,
      "A driver that has changed the frames corrects what no longer holds, such as the offset of the TCP header.",
    ],
    decisions: COPY_DECISIONS,
    rules: ["NBL-NOTPOOL", "NBL-OWNER"],
    related: ["NdisCopyReceiveNetBufferListInfo", "NET_BUFFER_LIST_INFO", "NdisAllocateCloneNetBufferList"],
    example: "nbl-copy-information",
  },
  NdisCopyReceiveNetBufferListInfo: {
    summary: "Copies what goes along with received frames from one NET_BUFFER_LIST to another.",
    parameters: {
      DestNetBufferList: "The list that goes up in the place of the other, which the caller has.",
      SrcNetBufferList: "The list that came from below.",
    },
    ownership: COPY_OWNERSHIP,
    remarks: [
      "For a driver that holds a received list and indicates a clone or a list of its own.",
      "The slots: TcpIpChecksumNetBufferListInfo, IPsecOffloadV1NetBufferListInfo, TcpReceiveNoPush, Ieee8021QNetBufferListInfo, MediaSpecificInformation, NetBufferListFrameType, NetBufferListHashValue, NetBufferListHashInfo, both of IPsecOffloadV2, and NetBufferListFilteringInfo. Unlike on a send the hash goes along, and the cancel id does not.",
      COPY_REST,
      "Checksums that the adapter found right, and the hash, speak of the bytes as they came: a driver that has changed those clears the slots.",
    ],
    decisions: COPY_DECISIONS,
    rules: ["NBL-NOTPOOL", "NBL-OWNER"],
    related: ["NdisCopySendNetBufferListInfo", "NET_BUFFER_LIST_INFO", "NdisAllocateCloneNetBufferList"],
    example: "nbl-copy-information",
  },
  NdisGeneratePartialCancelId: {
    summary: "Gives a driver the byte that its cancel ids start with, so that no other driver's are the same.",
    returns: "A byte for the highest 8 bits of cancel ids.",
    ownership: "The byte is the caller's for as long as it runs. There is nothing to give back.",
    remarks: [
      "It is called once when the driver starts, or once for each client that cancels for itself. The lower bits are the driver's to fill, with a counter for instance.",
    ],
    decisions: [
      "Documents do not say what a machine does when all bytes are given out. Here they are 1 to 255, and then start again.",
    ],
    related: ["NDIS_SET_NET_BUFFER_LIST_CANCEL_ID"],
    example: "nbl-cancel-id",
  },
  NET_BUFFER_LIST_INFO: {
    summary: "One slot of what goes along with the frames of a NET_BUFFER_LIST, to be read and to be assigned.",
    parameters: {
      _NBL: "The NET_BUFFER_LIST.",
      _Id: "Which slot: a name of `NDIS_NET_BUFFER_LIST_INFO`.",
    },
    returns: "The word of the slot; NULL where nothing is said.",
    ownership: "The slots belong to whoever has the list. What one points at stays the property of who put it there.",
    remarks: [
      "Most slots are a structure of one word rather than a pointer: a driver puts `Value` of NDIS_NET_BUFFER_LIST_8021Q_INFO or the like in, or casts the address of the slot. All are NULL after allocation, but for the protocol id of the pool.",
      "A driver leaves slots that it does not know as they are. One that it needs but that this version of Windows does not have is no word to borrow: it has another meaning elsewhere.",
      "In C it stands on either side of an assignment; in TypeScript there is `.set(nbl, id, value)`. A slot that does not exist is the C compiler's to see, and in TypeScript a finding.",
    ],
    rules: ["NBL-INFOID"],
    related: ["NDIS_NET_BUFFER_LIST_INFO", "NdisCopySendNetBufferListInfo", "NdisCopyReceiveNetBufferListInfo"],
    example: "nbl-copy-information",
  },
  NdisGetNetBufferListProtocolId: {
    summary: "Tells which protocol a NET_BUFFER_LIST is from.",
    parameters: { NetBufferList: "The list, on its way down." },
    returns:
      "NDIS_PROTOCOL_ID_TCP_IP (2), NDIS_PROTOCOL_ID_IPX (6), NDIS_PROTOCOL_ID_NBF (7), or NDIS_PROTOCOL_ID_DEFAULT (0) for any other.",
    ownership: NOTHING,
    remarks: [
      "It is the id of the list's pool, or what `NdisSetNetBufferListProtocolId` put there: the lowest 4 bits of the slot.",
      "On a receive the slot is NetBufferListFrameType, and no protocol id.",
    ],
    decisions: [
      "The page says any IRQL, the annotation in the header DISPATCH_LEVEL at most. Here any: nothing is done but a read.",
    ],
    rules: ["NBL-NOTPOOL", "NBL-OWNER"],
    related: ["NdisSetNetBufferListProtocolId", "NET_BUFFER_LIST_POOL_PARAMETERS"],
    example: "nbl-protocol-id",
  },
  NdisSetNetBufferListProtocolId: {
    summary: "Says which protocol a NET_BUFFER_LIST is from.",
    parameters: {
      _NBL: "A list of the caller's own.",
      _ProtocolId: "An NDIS_PROTOCOL_ID_…; NDIS_PROTOCOL_ID_DEFAULT (0) for drivers that are no protocol.",
    },
    ownership: NOTHING,
    remarks: [
      "Not needed where the pool has the id already. Only the lowest byte of the slot is written, and the rest stays.",
    ],
    related: ["NdisGetNetBufferListProtocolId", "NET_BUFFER_LIST_POOL_PARAMETERS"],
    example: "nbl-protocol-id",
  },
  NDIS_GET_NET_BUFFER_LIST_CANCEL_ID: {
    summary: "Reads under which id the send of a NET_BUFFER_LIST can be cancelled.",
    parameters: LIST,
    returns: "The id; NULL for a list that nobody marked.",
    ownership: NOTHING,
    remarks: [
      "A driver that queues sends compares it with the id of a cancel request, and completes those that match with `NDIS_STATUS_SEND_ABORTED`.",
    ],
    decisions: [
      "The page calls the id a ULONG; the macro and the slot have a pointer, of which all bits count. They are the same on 32-bit Windows.",
    ],
    related: ["NDIS_SET_NET_BUFFER_LIST_CANCEL_ID", "NdisFCancelSendNetBufferLists"],
    example: "nbl-cancel-id",
  },
  NDIS_SET_NET_BUFFER_LIST_CANCEL_ID: {
    summary: "Marks a NET_BUFFER_LIST with an id under which its send can be cancelled.",
    parameters: {
      _NBL: "A list that the caller is about to send.",
      _CancelId:
        "The id, whose highest byte is one of `NdisGeneratePartialCancelId`. Lists that are to be cancelled together have the same.",
    },
    ownership: NOTHING,
    remarks: [
      "Each list of a chain is marked for itself. In lists of another driver the id is that driver's, and stays.",
      "The highest byte is that of a pointer: the id is built with a shift by `(sizeof(PVOID) - 1) * 8`.",
    ],
    related: ["NdisGeneratePartialCancelId", "NDIS_GET_NET_BUFFER_LIST_CANCEL_ID", "NdisFCancelSendNetBufferLists"],
    example: "nbl-cancel-id",
  },
  NET_BUFFER_LIST_GET_HASH_VALUE: {
    summary: "Reads the hash by which receive side scaling chose a processor for a frame.",
    parameters: LIST,
    returns: "The hash, 32 bits. It says something only where the hash function is not 0.",
    ownership: NOTHING,
    related: ["NET_BUFFER_LIST_GET_HASH_FUNCTION", "NET_BUFFER_LIST_GET_HASH_TYPE", "NET_BUFFER_LIST_SET_HASH_VALUE"],
    example: "nbl-hash",
  },
  NET_BUFFER_LIST_SET_HASH_VALUE: {
    summary: "Notes the hash of a received frame.",
    parameters: { _NBL: "The NET_BUFFER_LIST.", _HashValue: "The hash, 32 bits." },
    ownership: NOTHING,
    remarks: [
      "For a miniport before it indicates, together with type and function. A driver that has changed the fields of a frame over which the hash went sets all three to 0.",
    ],
    decisions: [SINCE],
    related: ["NET_BUFFER_LIST_SET_HASH_TYPE", "NET_BUFFER_LIST_SET_HASH_FUNCTION", "NET_BUFFER_LIST_GET_HASH_VALUE"],
    example: "nbl-hash",
  },
  NET_BUFFER_LIST_GET_HASH_TYPE: {
    summary: "Reads over which fields of a frame its hash went.",
    parameters: LIST,
    returns: "One of NDIS_HASH_IPV4, NDIS_HASH_TCP_IPV4 and the like, in the bits of NDIS_HASH_TYPE_MASK; else 0.",
    ownership: NOTHING,
    related: ["NET_BUFFER_LIST_SET_HASH_TYPE", "NDIS_RSS_HASH_TYPE_FROM_HASH_INFO"],
    example: "nbl-hash",
  },
  NET_BUFFER_LIST_SET_HASH_TYPE: {
    summary: "Notes over which fields of a received frame its hash went.",
    parameters: {
      _NBL: "The NET_BUFFER_LIST.",
      _HashType: "An NDIS_HASH_…; bits beyond NDIS_HASH_TYPE_MASK are left out.",
    },
    ownership: NOTHING,
    remarks: ["The function, in the same slot, stays as it is."],
    decisions: [SINCE, TWICE],
    related: ["NET_BUFFER_LIST_GET_HASH_TYPE", "NET_BUFFER_LIST_SET_HASH_FUNCTION"],
    example: "nbl-hash",
  },
  NET_BUFFER_LIST_GET_HASH_FUNCTION: {
    summary: "Reads by which function the hash of a frame was computed.",
    parameters: LIST,
    returns: "NdisHashFunctionToeplitz (1), or 0 for a frame without a hash.",
    ownership: NOTHING,
    related: ["NET_BUFFER_LIST_SET_HASH_FUNCTION", "NDIS_RSS_HASH_FUNC_FROM_HASH_INFO"],
    example: "nbl-hash",
  },
  NET_BUFFER_LIST_SET_HASH_FUNCTION: {
    summary: "Notes by which function the hash of a received frame was computed.",
    parameters: {
      _NBL: "The NET_BUFFER_LIST.",
      _HashFunction: "NdisHashFunctionToeplitz, or 0; bits beyond NDIS_HASH_FUNCTION_MASK are left out.",
    },
    ownership: NOTHING,
    remarks: ["The type, in the same slot, stays as it is."],
    decisions: [SINCE, TWICE],
    related: ["NET_BUFFER_LIST_GET_HASH_FUNCTION", "NET_BUFFER_LIST_SET_HASH_TYPE"],
    example: "nbl-hash",
  },
  NDIS_RSS_HASH_FUNC_FROM_HASH_INFO: {
    summary: "Takes the hash function out of a word of hash information.",
    parameters: { _HashInfo: "The word that receive side scaling is set up with." },
    returns: "The function, in the bits of NDIS_HASH_FUNCTION_MASK.",
    ownership: NOTHING,
    related: ["NDIS_RSS_HASH_TYPE_FROM_HASH_INFO", "NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC"],
    example: "hash-information",
  },
  NDIS_RSS_HASH_TYPE_FROM_HASH_INFO: {
    summary: "Takes the hash types out of a word of hash information.",
    parameters: { _HashInfo: "The word that receive side scaling is set up with." },
    returns: "The types, in the bits of NDIS_HASH_TYPE_MASK: here all that are to be used, in a list the one that was.",
    ownership: NOTHING,
    related: ["NDIS_RSS_HASH_FUNC_FROM_HASH_INFO", "NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC"],
    example: "hash-information",
  },
  NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC: {
    summary: "Puts hash types and a hash function together to a word of hash information.",
    parameters: {
      _HashType: "NDIS_HASH_… flags, put together with `|`.",
      _HashFunction: "NdisHashFunctionToeplitz.",
    },
    returns: "The word. Neither argument is cut to its mask.",
    ownership: NOTHING,
    remarks: ["It computes the word and sets no member of anything."],
    decisions: [
      "The page says that the macro also sets a member of the parameters of receive side scaling, which it is not given. It does not.",
    ],
    related: ["NDIS_RSS_HASH_TYPE_FROM_HASH_INFO", "NDIS_RSS_HASH_FUNC_FROM_HASH_INFO"],
    example: "hash-information",
  },
  NET_BUFFER_LIST_COALESCED_SEG_COUNT: {
    summary: "How many TCP segments a received frame was put together from, to be read and to be assigned.",
    parameters: LIST,
    returns: "The count, 16 bits; 0 for a frame that came as it is.",
    ownership: NOTHING,
    remarks: [
      ADAPTER_ONLY,
      "The frame is longer than the medium's largest. A driver that cannot bear that has coalescing turned off rather than cutting frames up.",
      "On a send the same slot is UdpSegmentationOffloadInfo, and means something else.",
    ],
    related: ["NET_BUFFER_LIST_DUP_ACK_COUNT", "NET_BUFFER_LIST_INFO"],
    example: "nbl-coalesced-segments",
  },
  NET_BUFFER_LIST_DUP_ACK_COUNT: {
    summary: "How many duplicate acknowledgements went into a received frame, to be read and to be assigned.",
    parameters: LIST,
    returns: "The count, 16 bits.",
    ownership: NOTHING,
    remarks: [ADAPTER_ONLY],
    decisions: [
      "The page describes it in the words for the count of segments. It is the other half of the slot, the duplicate acknowledgements among them.",
    ],
    related: ["NET_BUFFER_LIST_COALESCED_SEG_COUNT"],
    example: "nbl-coalesced-segments",
  },
  NET_BUFFER_LIST_RECEIVE_FILTER_ID: {
    summary: "Which receive filter of the adapter a frame passed, to be read and to be assigned.",
    parameters: LIST,
    returns: "The id of the filter, 16 bits; 0 for the default one.",
    ownership: NOTHING,
    remarks: [ADAPTER_ONLY],
    related: ["NET_BUFFER_LIST_RECEIVE_QUEUE_ID", "NET_BUFFER_LIST_INFO"],
    example: "nbl-receive-queue",
  },
  NET_BUFFER_LIST_RECEIVE_QUEUE_ID: {
    summary: "Which receive queue of the adapter a frame came through, to be read and to be assigned.",
    parameters: LIST,
    returns: "The id of the queue, 16 bits; 0 for the default one.",
    ownership: NOTHING,
    remarks: [
      ADAPTER_ONLY,
      "A queue can be deleted while lists with its id are on their way; a miniport that meets an id it does not know takes the default queue.",
    ],
    related: ["NET_BUFFER_LIST_RECEIVE_FILTER_ID", "NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID"],
    example: "nbl-receive-queue",
  },
  NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID: {
    summary: "Which virtual port of the adapter a frame belongs to, to be read and to be assigned.",
    parameters: LIST,
    returns: "The id of the port, 16 bits; 0 for the default one.",
    ownership: NOTHING,
    remarks: [
      "It is the storage of `NET_BUFFER_LIST_RECEIVE_QUEUE_ID` under another name: an adapter has virtual ports or queues.",
    ],
    related: ["NET_BUFFER_LIST_RECEIVE_QUEUE_ID", "NET_BUFFER_LIST_RECEIVE_FILTER_ID"],
    example: "nbl-receive-queue",
  },
  NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL: {
    summary: "Where a NET_BUFFER_LIST says from which port of a virtual switch it comes and how many it may go to.",
    parameters: LIST,
    returns:
      "The address of the detail within the list, 64 bits of NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO.",
    ownership: "The detail is a part of the list, and goes with it.",
    remarks: [
      "For extensions of the virtual switch. Elsewhere all of it is 0, since nobody filled it in.",
      "On 32-bit Windows the detail is two slots, which exist since NDIS 6.82; on x64 it is one, since NDIS 6.30.",
    ],
    decisions: [
      "The page promises NULL where a list has no such detail. The macro in the headers gives an address within the list, never NULL, and so it does here.",
    ],
    related: ["NET_BUFFER_LIST_INFO", "NDIS_NET_BUFFER_LIST_INFO"],
    example: "nbl-switch-port",
  },
} as const satisfies DdiPages;
