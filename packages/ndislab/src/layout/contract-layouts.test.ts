import { describe, expect, it } from "vitest";
import * as layout from "./index.js";
import { isConstants, type Structure, structure } from "./index.js";

/** Offset and size of a member. */
type Place = readonly [offset: number, size: number];

/** Size and alignment of a structure, and its members in order. */
type Table = readonly [size: number, align: number, members: Readonly<Record<string, Place>>];

const NET_BUFFER_DATA: Readonly<Record<string, Place>> = {
  Next: [0, 4],
  CurrentMdl: [4, 4],
  CurrentMdlOffset: [8, 4],
  DataLength: [12, 4],
  stDataLength: [12, 4],
  MdlChain: [16, 4],
  DataOffset: [20, 4],
};

// The tables of the contract for 32-bit Windows, typed in once more. Nothing here comes from the declarations, so that
// neither can follow a mistake in the other.
const TABLES: Readonly<Record<string, Table>> = {
  MDL: [
    28,
    4,
    {
      Next: [0, 4],
      Size: [4, 2],
      MdlFlags: [6, 2],
      Process: [8, 4],
      MappedSystemVa: [12, 4],
      StartVa: [16, 4],
      ByteCount: [20, 4],
      ByteOffset: [24, 4],
    },
  ],
  NDIS_PACKET_PRIVATE: [
    32,
    4,
    {
      PhysicalCount: [0, 4],
      TotalLength: [4, 4],
      Head: [8, 4],
      Tail: [12, 4],
      Pool: [16, 4],
      Count: [20, 4],
      Flags: [24, 4],
      ValidCounts: [28, 1],
      NdisPacketFlags: [29, 1],
      NdisPacketOobOffset: [30, 2],
    },
  ],
  NDIS_PACKET: [
    60,
    4,
    {
      Private: [0, 32],
      MiniportReserved: [32, 8],
      WrapperReserved: [40, 8],
      MiniportReservedEx: [32, 12],
      WrapperReservedEx: [44, 4],
      MacReserved: [32, 16],
      Reserved: [48, 8],
      ProtocolReserved: [56, 1],
    },
  ],
  NDIS_PACKET_OOB_DATA: [
    32,
    8,
    {
      TimeToSend: [0, 8],
      TimeSent: [0, 8],
      TimeReceived: [8, 8],
      HeaderSize: [16, 4],
      SizeMediaSpecificInfo: [20, 4],
      MediaSpecificInformation: [24, 4],
      Status: [28, 4],
    },
  ],
  NDIS_PACKET_EXTENSION: [48, 4, { NdisPacketInfo: [0, 48] }],
  NDIS_PACKET_STACK: [24, 4, { IMReserved: [0, 8], NdisReserved: [8, 16] }],
  NDIS_SPIN_LOCK: [8, 4, { SpinLock: [0, 4], OldIrql: [4, 1] }],
  LARGE_INTEGER: [8, 8, { LowPart: [0, 4], HighPart: [4, 4], u: [0, 8], QuadPart: [0, 8] }],
  SLIST_HEADER: [8, 8, { Alignment: [0, 8], Next: [0, 4], Depth: [4, 2], Sequence: [6, 2] }],
  NPAGED_LOOKASIDE_LIST: [80, 8, { Reserved: [0, 80] }],
  NDIS_OBJECT_HEADER: [4, 2, { Type: [0, 1], Revision: [1, 1], Size: [2, 2] }],
  NET_BUFFER_POOL_PARAMETERS: [12, 4, { Header: [0, 4], PoolTag: [4, 4], DataSize: [8, 4] }],
  NET_BUFFER_LIST_POOL_PARAMETERS: [
    20,
    4,
    {
      Header: [0, 4],
      ProtocolId: [4, 1],
      fAllocateNetBuffer: [5, 1],
      ContextSize: [6, 2],
      PoolTag: [8, 4],
      DataSize: [12, 4],
      Flags: [16, 4],
    },
  ],
  NET_BUFFER_DATA: [24, 4, NET_BUFFER_DATA],
  NET_BUFFER_HEADER: [24, 8, { NetBufferData: [0, 24], Link: [0, 8] }],
  NET_BUFFER: [
    96,
    8,
    {
      ...NET_BUFFER_DATA,
      Link: [0, 8],
      NetBufferHeader: [0, 24],
      ChecksumBias: [24, 2],
      Reserved: [26, 2],
      NdisPoolHandle: [28, 4],
      NdisReserved: [32, 8],
      ProtocolReserved: [40, 24],
      MiniportReserved: [64, 16],
      DataPhysicalAddress: [80, 8],
      SharedMemoryInfo: [88, 4],
      ScatterGatherList: [88, 4],
    },
  ],
  NET_BUFFER_SHARED_MEMORY: [
    20,
    4,
    {
      NextSharedMemorySegment: [0, 4],
      SharedMemoryFlags: [4, 4],
      SharedMemoryHandle: [8, 4],
      SharedMemoryOffset: [12, 4],
      SharedMemoryLength: [16, 4],
    },
  ],
  NET_BUFFER_LIST_DATA: [8, 4, { Next: [0, 4], FirstNetBuffer: [4, 4] }],
  NET_BUFFER_LIST_HEADER: [8, 8, { NetBufferListData: [0, 8], Link: [0, 8] }],
  NET_BUFFER_LIST: [
    192,
    8,
    {
      Next: [0, 4],
      FirstNetBuffer: [4, 4],
      Link: [0, 8],
      NetBufferListHeader: [0, 8],
      Context: [8, 4],
      ParentNetBufferList: [12, 4],
      NdisPoolHandle: [16, 4],
      NdisReserved: [24, 8],
      ProtocolReserved: [32, 16],
      MiniportReserved: [48, 8],
      Scratch: [56, 4],
      SourceHandle: [60, 4],
      NblFlags: [64, 4],
      ChildRefCount: [68, 4],
      Flags: [72, 4],
      Status: [76, 4],
      NdisReserved2: [76, 4],
      NetBufferListInfo: [80, 108],
    },
  ],
  NET_BUFFER_LIST_CONTEXT: [8, 8, { Next: [0, 4], Size: [4, 2], Offset: [6, 2], ContextData: [8, 0] }],
};

/** Every structure of the C headers that has a body: those whose C text a compiler lays out in `layout.test.ts`. */
const declared = new Map(
  layout.DECLARATIONS.flatMap((one) =>
    !isConstants(one) && one.kind === "structure" && !one.opaque ? [[one.name, one] as const] : [],
  ),
);

describe.each(Object.entries(TABLES))("the contract's %s", (name, [size, align, members]) => {
  it("is among the structures that the compiler for 32-bit Windows proves", () => {
    expect([...declared.keys()]).toContain(name);
  });

  it("has these members at these places", () => {
    const of = declared.get(name) as Structure<string>;
    const places = of.fields
      .filter((field) => !field.name.includes("."))
      .map((field) => [field.name, [field.offset, field.size]]);
    expect({ size: of.size, align: of.align }).toEqual({ size, align });
    expect(Object.fromEntries(places)).toEqual(members);
  });
});

/** Unit, lowest bit and width of every bit-field of the slots, typed in from the documents. */
const BITS: Readonly<Record<string, Readonly<Record<string, readonly [unit: number, first: number, width: number]>>>> =
  {
    NDIS_NET_BUFFER_LIST_8021Q_INFO: {
      "TagHeader.UserPriority": [0, 0, 3],
      "TagHeader.CanonicalFormatId": [0, 3, 1],
      "TagHeader.VlanId": [0, 4, 12],
      "TagHeader.Reserved": [0, 16, 16],
      "WLanTagHeader.UserPriority": [0, 0, 3],
      "WLanTagHeader.CanonicalFormatId": [0, 3, 1],
      "WLanTagHeader.VlanId": [0, 4, 12],
      "WLanTagHeader.WMMInfo": [0, 16, 4],
      "WLanTagHeader.Reserved": [0, 20, 12],
    },
    NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO: {
      "Transmit.IsIPv4": [0, 0, 1],
      "Transmit.IsIPv6": [0, 1, 1],
      "Transmit.TcpChecksum": [0, 2, 1],
      "Transmit.UdpChecksum": [0, 3, 1],
      "Transmit.IpHeaderChecksum": [0, 4, 1],
      "Transmit.Reserved": [0, 5, 11],
      "Transmit.TcpHeaderOffset": [0, 16, 10],
      "Receive.TcpChecksumFailed": [0, 0, 1],
      "Receive.UdpChecksumFailed": [0, 1, 1],
      "Receive.IpChecksumFailed": [0, 2, 1],
      "Receive.TcpChecksumSucceeded": [0, 3, 1],
      "Receive.UdpChecksumSucceeded": [0, 4, 1],
      "Receive.IpChecksumSucceeded": [0, 5, 1],
      "Receive.Loopback": [0, 6, 1],
      "Receive.TcpChecksumValueInvalid": [0, 7, 1],
      "Receive.IpChecksumValueInvalid": [0, 8, 1],
    },
    NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO: {
      "Transmit.Unused": [0, 0, 30],
      "Transmit.Type": [0, 30, 1],
      "Transmit.Reserved2": [0, 31, 1],
      "LsoV1Transmit.MSS": [0, 0, 20],
      "LsoV1Transmit.TcpHeaderOffset": [0, 20, 10],
      "LsoV1Transmit.Type": [0, 30, 1],
      "LsoV1Transmit.Reserved2": [0, 31, 1],
      "LsoV1TransmitComplete.TcpPayload": [0, 0, 30],
      "LsoV1TransmitComplete.Type": [0, 30, 1],
      "LsoV1TransmitComplete.Reserved2": [0, 31, 1],
      "LsoV2Transmit.MSS": [0, 0, 20],
      "LsoV2Transmit.TcpHeaderOffset": [0, 20, 10],
      "LsoV2Transmit.Type": [0, 30, 1],
      "LsoV2Transmit.IPVersion": [0, 31, 1],
      "LsoV2TransmitComplete.Reserved": [0, 0, 30],
      "LsoV2TransmitComplete.Type": [0, 30, 1],
      "LsoV2TransmitComplete.Reserved2": [0, 31, 1],
    },
    NDIS_NET_BUFFER_LIST_FILTERING_INFO: {},
    NDIS_RSC_NBL_INFO: {},
    NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO: {
      NumAvailableDestinations: [0, 0, 16],
      SourcePortId: [0, 16, 16],
      SourceNicIndex: [4, 0, 8],
      NativeForwardingRequired: [4, 8, 1],
      Reserved1: [4, 9, 1],
      IsPacketDataSafe: [4, 10, 1],
      SafePacketDataSize: [4, 11, 12],
      IsPacketDataUncached: [4, 23, 1],
      IsSafePacketDataUncached: [4, 24, 1],
      Reserved2: [4, 25, 7],
    },
    NET_LUID: { "Info.Reserved": [0, 0, 24], "Info.NetLuidIndex": [0, 24, 24], "Info.IfType": [0, 48, 16] },
    NDIS_FILTER_RESTART_PARAMETERS: {
      "LowerIfNetLuid.Info.Reserved": [24, 0, 24],
      "LowerIfNetLuid.Info.NetLuidIndex": [24, 24, 24],
      "LowerIfNetLuid.Info.IfType": [24, 48, 16],
    },
  };

it.each(Object.entries(BITS))("%s has these bit-fields", (name, expected) => {
  const of = declared.get(name) as Structure<string>;
  expect(Object.fromEntries(of.bitFields.map((bit) => [bit.name, [bit.offset, bit.first, bit.width]]))).toEqual(
    expected,
  );
});

it.each([
  ["NDIS_NET_BUFFER_LIST_8021Q_INFO", false, 4],
  ["NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO", false, 4],
  ["NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO", false, 4],
  ["NDIS_NET_BUFFER_LIST_FILTERING_INFO", false, 4],
  ["NDIS_RSC_NBL_INFO", true, 4],
  ["NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO", true, 8],
])("%s is a union: %s, of %i bytes", (name, union, size) => {
  const of = declared.get(name) as Structure<string>;
  expect({ union: of.union, size: of.size }).toEqual({ union, size });
});

// Sizes that debuggers print for versions of Windows with fewer info slots: they come out only when the members in
// front of the slots take 80 bytes.
it.each([
  [11, 128],
  [13, 136],
  [18, 152],
  [19, 160],
  [23, 176],
  [27, 192],
])("a NET_BUFFER_LIST of %i info slots has %i bytes", (slots, bytes) => {
  const members = { ...layout.NET_BUFFER_LIST.members, NetBufferListInfo: `PVOID[${slots}]` as const };
  expect(structure("OLDER_NET_BUFFER_LIST", members).size).toBe(bytes);
});

it("the other names of a structure are those of the contract", () => {
  expect(layout.MDL.aliases).toEqual(["NDIS_BUFFER"]);
  expect(layout.LARGE_INTEGER.aliases).toEqual(["PHYSICAL_ADDRESS", "NDIS_PHYSICAL_ADDRESS"]);
});

describe("values of the contract", () => {
  it("MdlFlags", () => {
    expect(layout.MDL_FLAGS).toEqual({
      MDL_MAPPED_TO_SYSTEM_VA: 1,
      MDL_PAGES_LOCKED: 2,
      MDL_SOURCE_IS_NONPAGED_POOL: 4,
      MDL_ALLOCATED_FIXED_SIZE: 8,
      MDL_PARTIAL: 16,
      MDL_PARTIAL_HAS_BEEN_MAPPED: 32,
      MDL_IO_PAGE_READ: 64,
      MDL_WRITE_OPERATION: 128,
      MDL_PARENT_MAPPED_SYSTEM_VA: 256,
      MDL_FREE_EXTRA_PTES: 512,
      MDL_DESCRIBES_AWE: 1024,
      MDL_IO_SPACE: 2048,
      MDL_NETWORK_HEADER: 4096,
      MDL_MAPPING_CAN_FAIL: 8192,
      MDL_ALLOCATED_MUST_SUCCEED: 16384,
      MDL_INTERNAL: 32768,
    });
  });

  it("flags of packets", () => {
    expect(layout.NDIS_PACKET_FLAG_VALUES).toMatchObject({
      fPACKET_WRAPPER_RESERVED: 0x3f,
      fPACKET_CONTAINS_MEDIA_SPECIFIC_INFO: 0x40,
      fPACKET_ALLOCATED_BY_NDIS: 0x80,
      PROTOCOL_RESERVED_SIZE_IN_PACKET: 16,
    });
    expect(layout.NDIS_PACKET_FLAGS).toMatchObject({
      NDIS_FLAGS_MULTICAST_PACKET: 0x10,
      NDIS_FLAGS_DONT_LOOPBACK: 0x80,
      NDIS_FLAGS_IS_LOOPBACK_PACKET: 0x100,
      NDIS_FLAGS_LOOPBACK_ONLY: 0x200,
      NDIS_FLAGS_DOUBLE_BUFFERED: 0x800,
      NDIS_FLAGS_SENT_AT_DPC: 0x1000,
      NDIS_FLAGS_USES_SG_BUFFER_LIST: 0x2000,
      NDIS_FLAGS_USES_ORIGINAL_PACKET: 0x4000,
      NDIS_FLAGS_PADDED: 0x10000,
      NDIS_FLAGS_XLATE_AT_TOP: 0x20000,
    });
  });

  it("slots of a packet, in order", () => {
    expect(Object.entries(layout.NDIS_PER_PACKET_INFO.values)).toEqual(
      [
        "TcpIpChecksumPacketInfo",
        "IpSecPacketInfo",
        "TcpLargeSendPacketInfo",
        "ClassificationHandlePacketInfo",
        "NdisReserved",
        "ScatterGatherListPacketInfo",
        "Ieee8021QInfo",
        "OriginalPacketInfo",
        "PacketCancelId",
        "OriginalNetBufferList",
        "CachedNetBufferList",
        "ShortPacketPaddingInfo",
        "MaxPerPacketInfo",
      ].map((name, slot) => [name, slot]),
    );
  });

  it("slots of a NET_BUFFER_LIST, every number under its names", () => {
    const { values } = layout.NDIS_NET_BUFFER_LIST_INFO;
    const slots = Array.from({ length: values.MaxNetBufferListInfo + 1 }, (): string[] => []);
    for (const [name, slot] of Object.entries(values)) slots[slot]!.push(name);
    expect(slots).toEqual([
      ["TcpIpChecksumNetBufferListInfo", "TcpOffloadBytesTransferred"],
      ["IPsecOffloadV1NetBufferListInfo", "IPsecOffloadV2NetBufferListInfo"],
      ["TcpLargeSendNetBufferListInfo", "TcpReceiveNoPush"],
      ["ClassificationHandleNetBufferListInfo"],
      ["Ieee8021QNetBufferListInfo"],
      ["NetBufferListCancelId"],
      ["MediaSpecificInformation"],
      ["NetBufferListFrameType", "NetBufferListProtocolId"],
      ["NetBufferListHashValue"],
      ["NetBufferListHashInfo"],
      ["WfpNetBufferListInfo"],
      ["IPsecOffloadV2TunnelNetBufferListInfo"],
      ["IPsecOffloadV2HeaderNetBufferListInfo"],
      ["NetBufferListCorrelationId"],
      ["NetBufferListFilteringInfo"],
      ["MediaSpecificInformationEx"],
      ["NblOriginalInterfaceIfIndex", "NblReAuthWfpFlowContext"],
      ["TcpReceiveBytesTransferred", "NrtNameResolutionId", "UdpRecvSegCoalesceOffloadInfo"],
      ["IMReserved"],
      ["TcpRecvSegCoalesceInfo", "UdpSegmentationOffloadInfo"],
      ["RscTcpTimestampDelta", "TcpSendOffloadsSupplementalNetBufferListInfo"],
      ["NetBufferListInfoReserved3"],
      ["NetBufferListInfoReserved4"],
      ["SwitchForwardingReserved"],
      ["SwitchForwardingDetail_b0_to_b31"],
      ["SwitchForwardingDetail_b32_to_b63"],
      ["VirtualSubnetInfo"],
      ["MaxNetBufferListInfo"],
    ]);
  });

  it("flags of a NET_BUFFER_LIST", () => {
    expect(layout.NBL_FLAGS).toMatchObject({
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
      NBL_FLAGS_MINIPORT_RESERVED: 0xf000,
      NBL_FLAGS_SCRATCH: 0xf0000,
      NBL_FLAGS_NDIS_RESERVED: 0xffc,
      NDIS_CLONE_FLAGS_RESERVED: 1,
      NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS: 2,
      NDIS_PROTOCOL_ID_DEFAULT: 0,
      NDIS_PROTOCOL_ID_TCP_IP: 2,
      NDIS_PROTOCOL_ID_IPX: 6,
      NDIS_PROTOCOL_ID_NBF: 7,
      NDIS_PROTOCOL_ID_MASK: 0xf,
    });
  });
});
