import { bits, constants, inner, structure, union } from "./structure.js";

// What the slots of NetBufferListInfo hold. Each is one pointer wide, and `Value` is that pointer.

/** Slot Ieee8021QNetBufferListInfo: priority and VLAN id of the frames. */
export const NDIS_NET_BUFFER_LIST_8021Q_INFO = structure("NDIS_NET_BUFFER_LIST_8021Q_INFO", {
  $info: union({
    TagHeader: inner({
      $bits: bits("UINT32", { UserPriority: 3, CanonicalFormatId: 1, VlanId: 12, Reserved: 16 }),
    }),
    WLanTagHeader: inner({
      $bits: bits("UINT32", { UserPriority: 3, CanonicalFormatId: 1, VlanId: 12, WMMInfo: 4, Reserved: 12 }),
    }),
    Value: "PVOID",
  }),
});

/** Slot TcpIpChecksumNetBufferListInfo: what the adapter is to sum up, or has verified. */
export const NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO = structure("NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO", {
  $info: union({
    Transmit: inner({
      $bits: bits("ULONG", {
        IsIPv4: 1,
        IsIPv6: 1,
        TcpChecksum: 1,
        UdpChecksum: 1,
        IpHeaderChecksum: 1,
        Reserved: 11,
        TcpHeaderOffset: 10,
        $rest: 6,
      }),
    }),
    Receive: inner({
      $bits: bits("ULONG", {
        TcpChecksumFailed: 1,
        UdpChecksumFailed: 1,
        IpChecksumFailed: 1,
        TcpChecksumSucceeded: 1,
        UdpChecksumSucceeded: 1,
        IpChecksumSucceeded: 1,
        Loopback: 1,
        TcpChecksumValueInvalid: 1,
        IpChecksumValueInvalid: 1,
        $rest: 23,
      }),
    }),
    Value: "PVOID",
  }),
});

/** Slot TcpLargeSendNetBufferListInfo: segments the adapter is to cut, and after it has, the bytes it sent. */
export const NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO = structure(
  "NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO",
  {
    $info: union({
      Transmit: inner({ $bits: bits("ULONG", { Unused: 30, Type: 1, Reserved2: 1 }) }),
      LsoV1Transmit: inner({ $bits: bits("ULONG", { MSS: 20, TcpHeaderOffset: 10, Type: 1, Reserved2: 1 }) }),
      LsoV1TransmitComplete: inner({ $bits: bits("ULONG", { TcpPayload: 30, Type: 1, Reserved2: 1 }) }),
      LsoV2Transmit: inner({ $bits: bits("ULONG", { MSS: 20, TcpHeaderOffset: 10, Type: 1, IPVersion: 1 }) }),
      LsoV2TransmitComplete: inner({ $bits: bits("ULONG", { Reserved: 30, Type: 1, Reserved2: 1 }) }),
      Value: "PVOID",
    }),
  },
);

export const LARGE_SEND_OFFLOAD_VALUES = constants({
  NDIS_TCP_LARGE_SEND_OFFLOAD_V1_TYPE: 0,
  NDIS_TCP_LARGE_SEND_OFFLOAD_V2_TYPE: 1,
  NDIS_TCP_LARGE_SEND_OFFLOAD_IPv4: 0,
  NDIS_TCP_LARGE_SEND_OFFLOAD_IPv6: 1,
  NDIS_LARGE_SEND_OFFLOAD_MAX_HEADER_LENGTH: 128,
});

/** Slot NetBufferListFilteringInfo: which receive filter and queue the frames came through. */
export const NDIS_NET_BUFFER_LIST_FILTERING_INFO = structure("NDIS_NET_BUFFER_LIST_FILTERING_INFO", {
  $info: union({
    FilteringInfo: inner({ FilterId: "USHORT", QueueVPortInfo: union({ QueueId: "USHORT", VPortId: "USHORT" }) }),
    Value: "PVOID",
  }),
});

export const FILTERING_INFO_VALUES = constants({
  NDIS_DEFAULT_RECEIVE_FILTER_ID: 0,
  NDIS_DEFAULT_RECEIVE_QUEUE_ID: 0,
  NDIS_DEFAULT_VPORT_ID: 0,
});

/** Slot TcpRecvSegCoalesceInfo: how many segments one coalesced frame stands for. */
export const NDIS_RSC_NBL_INFO = structure(
  "NDIS_RSC_NBL_INFO",
  { Info: inner({ CoalescedSegCount: "USHORT", DupAckCount: "USHORT" }), Value: "PVOID" },
  { union: true },
);

/** Slots SwitchForwardingDetail_b0_to_b31 and _b32_to_b63: where a frame in a virtual switch comes from and may go. */
export const NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO = structure(
  "NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO",
  {
    AsUINT64: "UINT64",
    $detail: inner({
      $low: bits("UINT32", { NumAvailableDestinations: 16, SourcePortId: 16 }),
      $high: bits("UINT32", {
        SourceNicIndex: 8,
        NativeForwardingRequired: 1,
        Reserved1: 1,
        IsPacketDataSafe: 1,
        SafePacketDataSize: 12,
        IsPacketDataUncached: 1,
        IsSafePacketDataUncached: 1,
        Reserved2: 7,
      }),
    }),
  },
  { union: true },
);
