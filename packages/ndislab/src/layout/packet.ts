import { constants, enumeration, inner, structure, union } from "./structure.js";

/** What NDIS keeps of an NDIS 5 packet. */
export const NDIS_PACKET_PRIVATE = structure("NDIS_PACKET_PRIVATE", {
  PhysicalCount: "UINT",
  TotalLength: "UINT",
  Head: "MDL *",
  Tail: "MDL *",
  Pool: "NDIS_HANDLE",
  Count: "UINT",
  Flags: "ULONG",
  ValidCounts: "BOOLEAN",
  NdisPacketFlags: "UCHAR",
  NdisPacketOobOffset: "USHORT",
});

/**
 * A packet of a pool is one block. Where the out-of-band data starts depends on the pool's ProtocolReservedLength, so
 * that only NdisPacketOobOffset tells; the extension follows at once.
 *
 * ```
 *  0                     32               48         56                 NdisPacketOobOffset
 *  ┌─────────────────────┬────────────────┬──────────┬──────────────────┼──────────────────────┬───────────────────────┐
 *  │ NDIS_PACKET_PRIVATE │ miniport and   │ Reserved │ ProtocolReserved │ NDIS_PACKET_OOB_DATA │ NDIS_PACKET_EXTENSION │
 *  │                     │ wrapper bytes  │          │ as the pool says │ 32 bytes             │ 48 bytes              │
 *  └─────────────────────┴────────────────┴──────────┴──────────────────┴──────────────────────┴───────────────────────┘
 * ```
 */
export const NDIS_PACKET = structure("NDIS_PACKET", {
  Private: NDIS_PACKET_PRIVATE,
  $reserved: union({
    $serialized: inner({ MiniportReserved: "UCHAR[8]", WrapperReserved: "UCHAR[8]" }),
    $deserialized: inner({ MiniportReservedEx: "UCHAR[12]", WrapperReservedEx: "UCHAR[4]" }),
    $mac: inner({ MacReserved: "UCHAR[16]" }),
  }),
  Reserved: "ULONG_PTR[2]",
  ProtocolReserved: "UCHAR[1]",
});

/** What goes with a packet beside its bytes. TimeToSend and TimeSent share their storage. */
export const NDIS_PACKET_OOB_DATA = structure("NDIS_PACKET_OOB_DATA", {
  $time: union({ TimeToSend: "ULONGLONG", TimeSent: "ULONGLONG" }),
  TimeReceived: "ULONGLONG",
  HeaderSize: "UINT",
  SizeMediaSpecificInfo: "UINT",
  MediaSpecificInformation: "PVOID",
  Status: "NDIS_STATUS",
});

/** Indexes of NdisPacketInfo: what the slot is for. */
export const NDIS_PER_PACKET_INFO = enumeration("NDIS_PER_PACKET_INFO", {
  TcpIpChecksumPacketInfo: 0,
  IpSecPacketInfo: 1,
  TcpLargeSendPacketInfo: 2,
  ClassificationHandlePacketInfo: 3,
  NdisReserved: 4,
  ScatterGatherListPacketInfo: 5,
  Ieee8021QInfo: 6,
  OriginalPacketInfo: 7,
  PacketCancelId: 8,
  OriginalNetBufferList: 9,
  CachedNetBufferList: 10,
  ShortPacketPaddingInfo: 11,
  MaxPerPacketInfo: 12,
});

export const NDIS_PACKET_EXTENSION = structure("NDIS_PACKET_EXTENSION", { NdisPacketInfo: "PVOID[12]" });

/** What an intermediate driver may keep with a packet at its place in the stack of drivers. */
export const NDIS_PACKET_STACK = structure("NDIS_PACKET_STACK", {
  IMReserved: "ULONG_PTR[2]",
  NdisReserved: "ULONG_PTR[4]",
});

/** Bits of NdisPacketFlags. */
export const NDIS_PACKET_FLAG_VALUES = constants({
  fPACKET_WRAPPER_RESERVED: 0x3f,
  fPACKET_CONTAINS_MEDIA_SPECIFIC_INFO: 0x40,
  fPACKET_ALLOCATED_BY_NDIS: 0x80,
  PROTOCOL_RESERVED_SIZE_IN_PACKET: 16,
});

/** Bits of Private.Flags; the lowest four are the protocol's NDIS_PROTOCOL_ID_…. */
export const NDIS_PACKET_FLAGS = constants({
  NDIS_FLAGS_PROTOCOL_ID_MASK: 0xf,
  NDIS_FLAGS_MULTICAST_PACKET: 0x10,
  NDIS_FLAGS_RESERVED2: 0x20,
  NDIS_FLAGS_RESERVED3: 0x40,
  NDIS_FLAGS_DONT_LOOPBACK: 0x80,
  NDIS_FLAGS_IS_LOOPBACK_PACKET: 0x100,
  NDIS_FLAGS_LOOPBACK_ONLY: 0x200,
  NDIS_FLAGS_RESERVED4: 0x400,
  NDIS_FLAGS_DOUBLE_BUFFERED: 0x800,
  NDIS_FLAGS_SENT_AT_DPC: 0x1000,
  NDIS_FLAGS_USES_SG_BUFFER_LIST: 0x2000,
  NDIS_FLAGS_USES_ORIGINAL_PACKET: 0x4000,
  NDIS_FLAGS_PADDED: 0x10000,
  NDIS_FLAGS_XLATE_AT_TOP: 0x20000,
});
