import { SLIST_HEADER } from "./list.js";
import { aligned, constants, enumeration, inner, structure, union } from "./structure.js";

/** Slots of NetBufferListInfo on x86, as of NDIS 6.82 (27 of them). Several slots have more than one name. */
export const NDIS_NET_BUFFER_LIST_INFO = enumeration("NDIS_NET_BUFFER_LIST_INFO", {
  TcpIpChecksumNetBufferListInfo: 0,
  TcpOffloadBytesTransferred: 0,
  IPsecOffloadV1NetBufferListInfo: 1,
  IPsecOffloadV2NetBufferListInfo: 1,
  TcpLargeSendNetBufferListInfo: 2,
  TcpReceiveNoPush: 2,
  ClassificationHandleNetBufferListInfo: 3,
  Ieee8021QNetBufferListInfo: 4,
  NetBufferListCancelId: 5,
  MediaSpecificInformation: 6,
  NetBufferListFrameType: 7,
  NetBufferListProtocolId: 7,
  NetBufferListHashValue: 8,
  NetBufferListHashInfo: 9,
  WfpNetBufferListInfo: 10,
  IPsecOffloadV2TunnelNetBufferListInfo: 11,
  IPsecOffloadV2HeaderNetBufferListInfo: 12,
  NetBufferListCorrelationId: 13,
  NetBufferListFilteringInfo: 14,
  MediaSpecificInformationEx: 15,
  NblOriginalInterfaceIfIndex: 16,
  NblReAuthWfpFlowContext: 16,
  TcpReceiveBytesTransferred: 17,
  NrtNameResolutionId: 17,
  UdpRecvSegCoalesceOffloadInfo: 17,
  IMReserved: 18,
  TcpRecvSegCoalesceInfo: 19,
  UdpSegmentationOffloadInfo: 19,
  RscTcpTimestampDelta: 20,
  TcpSendOffloadsSupplementalNetBufferListInfo: 20,
  NetBufferListInfoReserved3: 21,
  NetBufferListInfoReserved4: 22,
  SwitchForwardingReserved: 23,
  SwitchForwardingDetail_b0_to_b31: 24,
  SwitchForwardingDetail_b32_to_b63: 25,
  VirtualSubnetInfo: 26,
  MaxNetBufferListInfo: 27,
});

/** The used context sits at the end of its block: ContextData[Offset … Size). */
export const NET_BUFFER_LIST_CONTEXT = structure("NET_BUFFER_LIST_CONTEXT", {
  Next: "struct _NET_BUFFER_LIST_CONTEXT *",
  Size: "USHORT",
  Offset: "USHORT",
  ContextData: aligned("UCHAR[0]"),
});

export const NET_BUFFER_LIST_DATA = structure("NET_BUFFER_LIST_DATA", {
  Next: "struct _NET_BUFFER_LIST *",
  FirstNetBuffer: "NET_BUFFER *",
});

export const NET_BUFFER_LIST_HEADER = structure(
  "NET_BUFFER_LIST_HEADER",
  { NetBufferListData: NET_BUFFER_LIST_DATA, Link: SLIST_HEADER },
  { union: true },
);

export const NET_BUFFER_LIST = structure("NET_BUFFER_LIST", {
  $header: union({
    $data: inner({ Next: "struct _NET_BUFFER_LIST *", FirstNetBuffer: "NET_BUFFER *" }),
    Link: SLIST_HEADER,
    NetBufferListHeader: NET_BUFFER_LIST_HEADER,
  }),
  Context: "NET_BUFFER_LIST_CONTEXT *",
  ParentNetBufferList: "struct _NET_BUFFER_LIST *",
  NdisPoolHandle: "NDIS_HANDLE",
  NdisReserved: aligned("PVOID[2]"),
  ProtocolReserved: aligned("PVOID[4]"),
  MiniportReserved: aligned("PVOID[2]"),
  Scratch: "PVOID",
  SourceHandle: "NDIS_HANDLE",
  NblFlags: "ULONG",
  ChildRefCount: "LONG",
  Flags: "ULONG",
  $status: union({ Status: "NDIS_STATUS", NdisReserved2: "ULONG" }),
  NetBufferListInfo: "PVOID[27]",
});

export const NBL_FLAGS = constants({
  NDIS_NBL_FLAGS_SEND_READ_ONLY: 0x1,
  NDIS_NBL_FLAGS_RECV_READ_ONLY: 0x2,
  NDIS_NBL_FLAGS_HD_SPLIT: 0x100,
  NDIS_NBL_FLAGS_IS_IPV4: 0x200,
  NDIS_NBL_FLAGS_IS_IPV6: 0x400,
  NDIS_NBL_FLAGS_IS_TCP: 0x800,
  NDIS_NBL_FLAGS_IS_UDP: 0x1000,
  NDIS_NBL_FLAGS_SPLIT_AT_UPPER_LAYER_PROTOCOL_HEADER: 0x2000,
  NDIS_NBL_FLAGS_SPLIT_AT_UPPER_LAYER_PROTOCOL_PAYLOAD: 0x4000,
  NDIS_NBL_FLAGS_IS_LOOPBACK_PACKET: 0x8000,
  NBL_FLAGS_PROTOCOL_RESERVED: 0xfff00003,
  NBL_PROT_RSVD_FLAGS: 0xfff00003,
  NBL_FLAGS_MINIPORT_RESERVED: 0x0000f000,
  NBL_FLAGS_SCRATCH: 0x000f0000,
  NBL_FLAGS_NDIS_RESERVED: 0x00000ffc,
  NDIS_CLONE_FLAGS_RESERVED: 0x1,
  NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS: 0x2,
  NDIS_PROTOCOL_ID_DEFAULT: 0,
  NDIS_PROTOCOL_ID_TCP_IP: 2,
  NDIS_PROTOCOL_ID_IPX: 6,
  NDIS_PROTOCOL_ID_NBF: 7,
  NDIS_PROTOCOL_ID_MASK: 0xf,
});
