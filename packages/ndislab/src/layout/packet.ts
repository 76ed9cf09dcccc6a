import { constants, inner, structure, union } from "./structure.js";

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
 * ```
 *  0                     32               48         56
 *  ┌─────────────────────┬────────────────┬──────────┬───────────────────┬──────────┬───────────┐
 *  │ NDIS_PACKET_PRIVATE │ miniport and   │ Reserved │ ProtocolReserved  │ OOB data │ extension │
 *  │                     │ wrapper bytes  │          │ (as the pool says)│          │           │
 *  └─────────────────────┴────────────────┴──────────┴───────────────────┴──────────┴───────────┘
 *                                                             NdisPacketOobOffset ──▲
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

export const NDIS_PACKET_OOB_DATA = structure("NDIS_PACKET_OOB_DATA", {
  $time: union({ TimeToSend: "ULONGLONG", TimeSent: "ULONGLONG" }),
  TimeReceived: "ULONGLONG",
  HeaderSize: "UINT",
  SizeMediaSpecificInfo: "UINT",
  MediaSpecificInformation: "PVOID",
  Status: "NDIS_STATUS",
});

export const NDIS_PACKET_EXTENSION = structure("NDIS_PACKET_EXTENSION", { NdisPacketInfo: "PVOID[12]" });

export const NDIS_PACKET_STACK = structure("NDIS_PACKET_STACK", {
  IMReserved: "ULONG_PTR[2]",
  NdisReserved: "ULONG_PTR[4]",
});

export const NDIS_PACKET_FLAG_VALUES = constants({
  fPACKET_WRAPPER_RESERVED: 0x3f,
  fPACKET_CONTAINS_MEDIA_SPECIFIC_INFO: 0x40,
  fPACKET_ALLOCATED_BY_NDIS: 0x80,
  PROTOCOL_RESERVED_SIZE_IN_PACKET: 16,
});
