import type { StructurePages } from "../page.js";

const VALUE = "The whole as the pointer that `NET_BUFFER_LIST_INFO` reads and assigns.";
const OWNERSHIP = "A plain value within the slot: it goes with the list, and nothing has to be freed.";
const LSO_TYPE = "NDIS_TCP_LARGE_SEND_OFFLOAD_V1_TYPE (0) or NDIS_TCP_LARGE_SEND_OFFLOAD_V2_TYPE (1).";
const MSS = "The most bytes of TCP data that a segment may have.";
const TCP_HEADER = "Where the TCP header starts, in bytes from the start of the frame.";
const BIT = "The same bit as in Transmit.";
const NDIS_OWN = "NDIS's own.";

/** What the slots of a NET_BUFFER_LIST hold. */
export const SLOT_STRUCTURE_PAGES = {
  NDIS_NET_BUFFER_LIST_8021Q_INFO: {
    summary: "Slot Ieee8021QNetBufferListInfo: priority and VLAN of the frames, while their tag is not in the bytes.",
    members: {
      TagHeader: "For Ethernet.",
      "TagHeader.UserPriority": "The priority of 802.1p, 0 to 7.",
      "TagHeader.CanonicalFormatId": "0.",
      "TagHeader.VlanId": "The VLAN, 1 to 4094; 0 for a frame that has a priority and no VLAN.",
      "TagHeader.Reserved": "0.",
      WLanTagHeader: "For native 802.11: the same, and one member more.",
      "WLanTagHeader.UserPriority": "As in TagHeader.",
      "WLanTagHeader.CanonicalFormatId": "0.",
      "WLanTagHeader.VlanId": "As in TagHeader.",
      "WLanTagHeader.WMMInfo": "The traffic identifier of wireless multimedia, 0 to 7.",
      "WLanTagHeader.Reserved": "0.",
      Value: VALUE,
    },
    ownership: OWNERSHIP,
    remarks: [
      "An adapter that tags in hardware puts the tag into a frame on a send, and on a receive takes it off and fills the slot. Then the type at byte 12 of the frame is that of what follows, and nothing in the bytes tells of the VLAN.",
      "Frames may still come tagged in the bytes, from an adapter that does not do this. A driver that looks for a VLAN looks at both.",
      "The bits lie in another order than those of the tag on the wire, where the priority is on top: the slot is filled member by member, never copied from the frame.",
      "The slot holds for all NET_BUFFERs of the list.",
    ],
    related: ["NET_BUFFER_LIST_INFO", "NDIS_NET_BUFFER_LIST_INFO", "NdisCopySendNetBufferListInfo"],
    example: "slots-on-a-send",
  },
  NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO: {
    summary: "Slot TcpIpChecksumNetBufferListInfo: which checksums the adapter is to compute, or what it found.",
    members: {
      Transmit: "On a send: what to do.",
      "Transmit.IsIPv4": "The frames are IPv4. Without this bit and the next nothing is to be done.",
      "Transmit.IsIPv6": "The frames are IPv6.",
      "Transmit.TcpChecksum": "Compute the checksum of TCP.",
      "Transmit.UdpChecksum": "Compute that of UDP.",
      "Transmit.IpHeaderChecksum": "Compute that of the IPv4 header, and of the inner one too where there are two.",
      "Transmit.Reserved": NDIS_OWN,
      "Transmit.TcpHeaderOffset": `${TCP_HEADER} Set for TCP only.`,
      Receive: "On a receive: what came out.",
      "Receive.TcpChecksumFailed": "The checksum of TCP is wrong.",
      "Receive.UdpChecksumFailed": "That of UDP is wrong.",
      "Receive.IpChecksumFailed": "That of an IPv4 header is wrong, the inner or the outer one.",
      "Receive.TcpChecksumSucceeded": "The checksum of TCP is right.",
      "Receive.UdpChecksumSucceeded": "That of UDP is right.",
      "Receive.IpChecksumSucceeded": "That of the IPv4 header is right, and of the inner one too where there are two.",
      "Receive.Loopback": NDIS_OWN,
      "Receive.TcpChecksumValueInvalid":
        "Since NDIS 6.30: the checksum was right in every segment, and the bytes of the coalesced frame do not hold one.",
      "Receive.IpChecksumValueInvalid": "Since NDIS 6.30: the same for the checksum of the outer IPv4 header.",
      Value: VALUE,
    },
    ownership: OWNERSHIP,
    remarks: [
      "On a send with the bits set, the checksum field in the bytes is not the checksum of the frame. A driver that writes frames to a file or checks them computes it first.",
      "A driver that changes bytes of a frame has two ways out: it corrects the checksums and clears the slot, or it keeps the bits and lets the adapter compute. When it moves the TCP header it corrects TcpHeaderOffset.",
      "On a receive with neither bit of a checksum set, nobody has looked at it: the protocol does. Succeeded bits speak of the bytes as they came, and are cleared with a change of the bytes.",
      "The slot is shared with TcpOffloadBytesTransferred, which belongs to connections that an adapter has taken over whole.",
    ],
    related: [
      "NET_BUFFER_LIST_INFO",
      "NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO",
      "NDIS_RSC_NBL_INFO",
      "NET_BUFFER_CHECKSUM_BIAS",
    ],
    example: "slots-on-a-send",
  },
  NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO: {
    summary: "Slot TcpLargeSendNetBufferListInfo: how the adapter is to cut one big TCP packet into segments.",
    members: {
      Transmit: "For reading the type before anything else.",
      "Transmit.Unused": "What the type says it is.",
      "Transmit.Type": LSO_TYPE,
      "Transmit.Reserved2": NDIS_OWN,
      LsoV1Transmit: "Version 1: IPv4 alone, and at most 64 KB.",
      "LsoV1Transmit.MSS": MSS,
      "LsoV1Transmit.TcpHeaderOffset": TCP_HEADER,
      "LsoV1Transmit.Type": BIT,
      "LsoV1Transmit.Reserved2": NDIS_OWN,
      LsoV1TransmitComplete: "Version 1 when the send is complete.",
      "LsoV1TransmitComplete.TcpPayload":
        "How many bytes of TCP data all the segments had, which the adapter's driver writes.",
      "LsoV1TransmitComplete.Type": "As it was.",
      "LsoV1TransmitComplete.Reserved2": NDIS_OWN,
      LsoV2Transmit: "Version 2: IPv4 or IPv6, and more than 64 KB where the adapter can.",
      "LsoV2Transmit.MSS": MSS,
      "LsoV2Transmit.TcpHeaderOffset": TCP_HEADER,
      "LsoV2Transmit.Type": BIT,
      "LsoV2Transmit.IPVersion": "NDIS_TCP_LARGE_SEND_OFFLOAD_IPv4 (0) or NDIS_TCP_LARGE_SEND_OFFLOAD_IPv6 (1).",
      LsoV2TransmitComplete: "Version 2 when the send is complete.",
      "LsoV2TransmitComplete.Reserved": "The adapter's driver sets it to 0.",
      "LsoV2TransmitComplete.Type": "As it was.",
      "LsoV2TransmitComplete.Reserved2": NDIS_OWN,
      Value: VALUE,
    },
    ownership: OWNERSHIP,
    remarks: [
      "MSS is not 0 in a large send: it is how one is told from an ordinary one, since the type of version 1 is 0.",
      "The list has one NET_BUFFER, whose frame is longer than the medium's largest. Its headers stand for those of every segment; lengths and checksums in them are not those of any.",
      "A driver that moves the headers, for a tunnel for instance, corrects TcpHeaderOffset, and MSS by what it makes each segment longer. One that cannot cut up or pass on such frames clears the offload at its attach, so that none are sent.",
      "TcpPayload is read by whoever sent; a driver that sends a clone copies it back when the clone completes.",
    ],
    related: ["NET_BUFFER_LIST_INFO", "NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO", "NdisCopySendNetBufferListInfo"],
    example: "slots-on-a-send",
  },
  NDIS_NET_BUFFER_LIST_FILTERING_INFO: {
    summary: "Slot NetBufferListFilteringInfo: through which receive filter and queue of the adapter a frame came.",
    members: {
      FilteringInfo: "Both of them.",
      "FilteringInfo.FilterId": "The filter, counted from 1; 0 since NDIS 6.20.",
      "FilteringInfo.QueueVPortInfo": "The queue, or since NDIS 6.30 the virtual port.",
      "FilteringInfo.QueueVPortInfo.QueueId":
        "The queue of a virtual machine; NDIS_DEFAULT_RECEIVE_QUEUE_ID (0) for the default one.",
      "FilteringInfo.QueueVPortInfo.VPortId":
        "The port, of an adapter that has those; NDIS_DEFAULT_VPORT_ID (0) for the default one.",
      Value: VALUE,
    },
    ownership: OWNERSHIP,
    remarks: [
      "The adapter's driver fills it in. Others read, mostly with `NET_BUFFER_LIST_RECEIVE_QUEUE_ID` and its kin.",
    ],
    decisions: [
      "The page says that the filter is 0 since NDIS 6.20, the version that brought the structure, and yet numbers filters from 1. Here the member holds what was put there.",
    ],
    related: [
      "NET_BUFFER_LIST_RECEIVE_FILTER_ID",
      "NET_BUFFER_LIST_RECEIVE_QUEUE_ID",
      "NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID",
    ],
    example: "slots-on-a-receive",
  },
  NDIS_RSC_NBL_INFO: {
    summary: "Slot TcpRecvSegCoalesceInfo: how many TCP segments the adapter has put together to one frame.",
    members: {
      Info: "Both counts.",
      "Info.CoalescedSegCount": "Segments in the frame; 0 for a frame that came as it is.",
      "Info.DupAckCount": "Duplicate acknowledgements among them; 0 where CoalescedSegCount is 0.",
      Value: VALUE,
    },
    ownership: OWNERSHIP,
    remarks: [
      "The frame is longer than the medium's largest, up to what an IP datagram can be, and in one NET_BUFFER.",
      "How far the timestamps of the first and the last segment are apart is in the slot RscTcpTimestampDelta, a plain number.",
    ],
    related: [
      "NET_BUFFER_LIST_COALESCED_SEG_COUNT",
      "NET_BUFFER_LIST_DUP_ACK_COUNT",
      "NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO",
    ],
    example: "slots-on-a-receive",
  },
  NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO: {
    summary: "From which port of a virtual switch a frame comes, and how many it may still be sent to.",
    members: {
      AsUINT64: "All of it.",
      NumAvailableDestinations: "Places for destinations that the list has and that are not used.",
      SourcePortId: "The port it comes from; 0 for none.",
      SourceNicIndex: "Which adapter on that port.",
      NativeForwardingRequired:
        "Since NDIS 6.40: the switch itself forwards the frame. Extensions read it and never write it.",
      Reserved1: NDIS_OWN,
      IsPacketDataSafe: "All bytes of the frame are in memory that no virtual machine can change.",
      SafePacketDataSize: "Where they are not: how many of the first ones are.",
      IsPacketDataUncached: "Some bytes are in memory without a cache.",
      IsSafePacketDataUncached: "Then: whether the safe ones are among those.",
      Reserved2: NDIS_OWN,
    },
    ownership: OWNERSHIP,
    remarks: [
      "For extensions of the virtual switch; elsewhere all of it is 0.",
      "Bytes that are not safe can change between two looks: whoever checks a frame copies what it checks. An extension that copies a frame whole sets IsPacketDataSafe in the copy.",
      "It is 64 bits wide. On 32-bit Windows that is two slots, SwitchForwardingDetail_b0_to_b31 and the next one.",
    ],
    related: ["NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL", "NDIS_NET_BUFFER_LIST_INFO"],
    example: "nbl-switch-port",
  },
} as const satisfies StructurePages;
