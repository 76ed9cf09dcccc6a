import { NDIS_PACKET, NDIS_PACKET_FLAGS, NDIS_PACKET_OOB_DATA, NDIS_PER_PACKET_INFO } from "../layout/packet.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { accessor } from "./accessor.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";
import { archived } from "./page-address.js";

const OOB = NDIS_PACKET_OOB_DATA.offset;
const FLAGS = NDIS_PACKET.offset["Private.Flags"] >>> 2;
const SLOT = NDIS_PER_PACKET_INFO.values;

type OobMember = keyof typeof OOB;

const getOob = (name: OobMember) => (m: Machine) => (packet: Address) =>
  m.memory.u32[(m.packetInfo.oob(packet) + OOB[name]) >>> 2];

const setOob =
  (name: OobMember) =>
  (m: Machine) =>
  (packet: Address, value: number): void => {
    m.memory.u32[(m.packetInfo.oob(packet) + OOB[name]) >>> 2] = value;
  };

const getTime = (name: OobMember) => (m: Machine) => (packet: Address) => m.packetInfo.time(packet, OOB[name]);

const setTime =
  (name: OobMember) =>
  (m: Machine) =>
  (packet: Address, time: bigint): void =>
    m.packetInfo.setTime(packet, OOB[name], time);

const getSlot = (id: number) => (m: Machine) => (packet: Address) => m.memory.u32[m.packetInfo.slot(packet, id) >>> 2];

const setSlot =
  (id: number) =>
  (m: Machine) =>
  (packet: Address, value: number): void => {
    m.memory.u32[m.packetInfo.slot(packet, id) >>> 2] = value;
  };

const copyExtension = (m: Machine) => (destination: Address, source: Address) =>
  m.packetInfo.copyExtension(destination, source);

/**
 * What a packet carries beside its bytes: flags, out-of-band data and per-packet information. In C all of it stands upon
 * NDIS_OOB_DATA_FROM_PACKET, which is a function here and a macro in the WDK: so the rules see who reaches for
 * out-of-band data that a packet has not. At any IRQL, but for the times and the cancel id, of which the documents say
 * DISPATCH_LEVEL at most.
 */
export const NDIS5_PACKET_INFO = family(
  {
    family: "NDIS 5 packets",
    header: "ndis.h",
    platform: "Universal",
    since: "NDIS 5.0",
    deprecated: true,
  },
  {
    NDIS_OOB_DATA_FROM_PACKET: {
      c: "PNDIS_PACKET_OOB_DATA NDIS_OOB_DATA_FROM_PACKET(PNDIS_PACKET Packet)",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-01"],
      page: archived("ff557084"),
      bind: (m) => (packet: Address) => m.packetInfo.oob(packet),
    },
    NDIS_PACKET_EXTENSION_FROM_PACKET: {
      c: "PNDIS_PACKET_EXTENSION NDIS_PACKET_EXTENSION_FROM_PACKET(PNDIS_PACKET _Packet)",
      macro:
        "NDIS_PACKET_EXTENSION_FROM_PACKET(_Packet) ((PNDIS_PACKET_EXTENSION)(NDIS_OOB_DATA_FROM_PACKET(_Packet) + 1))",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-02"],
      page: archived("ff557095"),
      bind: (m) => (packet: Address) => m.packetInfo.extension(packet),
    },
    NDIS_PER_PACKET_INFO_FROM_PACKET: {
      c: "PVOID NDIS_PER_PACKET_INFO_FROM_PACKET(PNDIS_PACKET _Packet, NDIS_PER_PACKET_INFO _Id)",
      macro:
        "NDIS_PER_PACKET_INFO_FROM_PACKET(_Packet, _Id) (NDIS_PACKET_EXTENSION_FROM_PACKET(_Packet)->NdisPacketInfo[(_Id)])",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-03"],
      page: archived("ff557126"),
      bind: (m) => {
        const read = (packet: Address, id: number): number => m.memory.u32[m.packetInfo.slot(packet, id) >>> 2];
        return Object.assign(read, {
          set: (packet: Address, id: number, value: number): void => {
            m.memory.u32[m.packetInfo.slot(packet, id) >>> 2] = value;
          },
        });
      },
    },
    NDIS_GET_PACKET_HEADER_SIZE: {
      c: "UINT NDIS_GET_PACKET_HEADER_SIZE(PNDIS_PACKET _Packet)",
      macro: "NDIS_GET_PACKET_HEADER_SIZE(_Packet) (NDIS_OOB_DATA_FROM_PACKET(_Packet)->HeaderSize)",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-04"],
      page: archived("ff556989"),
      bind: getOob("HeaderSize"),
    },
    NDIS_SET_PACKET_HEADER_SIZE: {
      c: "VOID NDIS_SET_PACKET_HEADER_SIZE(PNDIS_PACKET _Packet, UINT _HeaderSize)",
      macro:
        "NDIS_SET_PACKET_HEADER_SIZE(_Packet, _HeaderSize) (NDIS_OOB_DATA_FROM_PACKET(_Packet)->HeaderSize = (_HeaderSize))",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-05"],
      page: archived("ff557202"),
      bind: setOob("HeaderSize"),
    },
    NDIS_GET_PACKET_STATUS: {
      c: "NDIS_STATUS NDIS_GET_PACKET_STATUS(PNDIS_PACKET _Packet)",
      macro: "NDIS_GET_PACKET_STATUS(_Packet) (NDIS_OOB_DATA_FROM_PACKET(_Packet)->Status)",
      successor: "NET_BUFFER_LIST_STATUS",
      contract: ["M5-06"],
      page: archived("ff556997"),
      bind: getOob("Status"),
    },
    NDIS_SET_PACKET_STATUS: {
      c: "VOID NDIS_SET_PACKET_STATUS(PNDIS_PACKET _Packet, NDIS_STATUS _Status)",
      macro: "NDIS_SET_PACKET_STATUS(_Packet, _Status) (NDIS_OOB_DATA_FROM_PACKET(_Packet)->Status = (_Status))",
      successor: "NET_BUFFER_LIST_STATUS",
      contract: ["M5-07"],
      page: archived("ff558916"),
      bind: setOob("Status"),
    },
    NDIS_GET_PACKET_TIME_TO_SEND: {
      c: "ULONGLONG NDIS_GET_PACKET_TIME_TO_SEND(PNDIS_PACKET _Packet)",
      macro: "NDIS_GET_PACKET_TIME_TO_SEND(_Packet) (NDIS_OOB_DATA_FROM_PACKET(_Packet)->TimeToSend)",
      irql: IRQL.DISPATCH_LEVEL,
      irqlRule: "PKT-IRQL",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-08"],
      platform: "Desktop",
      page: archived("ff557004"),
      bind: getTime("TimeToSend"),
    },
    NDIS_SET_PACKET_TIME_TO_SEND: {
      c: "VOID NDIS_SET_PACKET_TIME_TO_SEND(PNDIS_PACKET _Packet, ULONGLONG _TimeToSend)",
      macro:
        "NDIS_SET_PACKET_TIME_TO_SEND(_Packet, _TimeToSend) (NDIS_OOB_DATA_FROM_PACKET(_Packet)->TimeToSend = (_TimeToSend))",
      irql: IRQL.DISPATCH_LEVEL,
      irqlRule: "PKT-IRQL",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-09"],
      page: archived("ff558923"),
      bind: setTime("TimeToSend"),
    },
    NDIS_GET_PACKET_TIME_SENT: {
      c: "ULONGLONG NDIS_GET_PACKET_TIME_SENT(PNDIS_PACKET _Packet)",
      macro: "NDIS_GET_PACKET_TIME_SENT(_Packet) (NDIS_OOB_DATA_FROM_PACKET(_Packet)->TimeSent)",
      irql: IRQL.DISPATCH_LEVEL,
      irqlRule: "PKT-IRQL",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-10"],
      page: archived("ff557002"),
      bind: getTime("TimeSent"),
    },
    NDIS_SET_PACKET_TIME_SENT: {
      c: "VOID NDIS_SET_PACKET_TIME_SENT(PNDIS_PACKET _Packet, ULONGLONG _TimeSent)",
      macro:
        "NDIS_SET_PACKET_TIME_SENT(_Packet, _TimeSent) (NDIS_OOB_DATA_FROM_PACKET(_Packet)->TimeSent = (_TimeSent))",
      irql: IRQL.DISPATCH_LEVEL,
      irqlRule: "PKT-IRQL",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-11"],
      page: archived("ff558921"),
      bind: setTime("TimeSent"),
    },
    NDIS_GET_PACKET_TIME_RECEIVED: {
      c: "ULONGLONG NDIS_GET_PACKET_TIME_RECEIVED(PNDIS_PACKET _Packet)",
      macro: "NDIS_GET_PACKET_TIME_RECEIVED(_Packet) (NDIS_OOB_DATA_FROM_PACKET(_Packet)->TimeReceived)",
      irql: IRQL.DISPATCH_LEVEL,
      irqlRule: "PKT-IRQL",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-12"],
      page: archived("ff556998"),
      bind: getTime("TimeReceived"),
    },
    NDIS_SET_PACKET_TIME_RECEIVED: {
      c: "VOID NDIS_SET_PACKET_TIME_RECEIVED(PNDIS_PACKET _Packet, ULONGLONG _TimeReceived)",
      macro:
        "NDIS_SET_PACKET_TIME_RECEIVED(_Packet, _TimeReceived) (NDIS_OOB_DATA_FROM_PACKET(_Packet)->TimeReceived = (_TimeReceived))",
      irql: IRQL.DISPATCH_LEVEL,
      irqlRule: "PKT-IRQL",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-13"],
      page: archived("ff558919"),
      bind: setTime("TimeReceived"),
    },
    NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO: {
      c: "VOID NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(PNDIS_PACKET _Packet, PVOID *_MediaSpecificInfo, PUINT _SizeMediaSpecificInfo)",
      macro:
        "NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(_Packet, _MediaSpecificInfo, _SizeMediaSpecificInfo) do { if (((_Packet)->Private.NdisPacketFlags & (fPACKET_CONTAINS_MEDIA_SPECIFIC_INFO | fPACKET_ALLOCATED_BY_NDIS)) == (fPACKET_CONTAINS_MEDIA_SPECIFIC_INFO | fPACKET_ALLOCATED_BY_NDIS)) { *(_MediaSpecificInfo) = NDIS_OOB_DATA_FROM_PACKET(_Packet)->MediaSpecificInformation; *(_SizeMediaSpecificInfo) = NDIS_OOB_DATA_FROM_PACKET(_Packet)->SizeMediaSpecificInfo; } else { *(_MediaSpecificInfo) = NULL; *(_SizeMediaSpecificInfo) = 0; } } while (0)",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-14"],
      page: archived("ff556992"),
      bind: (m) => (packet: Address, information: Address, size: Address) =>
        m.packetInfo.mediaInfo(packet, information, size),
    },
    NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO: {
      c: "VOID NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO(PNDIS_PACKET _Packet, PVOID _MediaSpecificInfo, UINT _SizeMediaSpecificInfo)",
      macro:
        "NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO(_Packet, _MediaSpecificInfo, _SizeMediaSpecificInfo) do { if (((_Packet)->Private.NdisPacketFlags & fPACKET_ALLOCATED_BY_NDIS) != 0) { (_Packet)->Private.NdisPacketFlags |= fPACKET_CONTAINS_MEDIA_SPECIFIC_INFO; NDIS_OOB_DATA_FROM_PACKET(_Packet)->MediaSpecificInformation = (_MediaSpecificInfo); NDIS_OOB_DATA_FROM_PACKET(_Packet)->SizeMediaSpecificInfo = (_SizeMediaSpecificInfo); } } while (0)",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-15"],
      page: archived("ff557204"),
      bind: (m) => (packet: Address, information: Address, size: number) =>
        m.packetInfo.setMediaInfo(packet, information, size),
    },
    NDIS_GET_ORIGINAL_PACKET: {
      c: "PNDIS_PACKET NDIS_GET_ORIGINAL_PACKET(PNDIS_PACKET _Packet)",
      macro: "NDIS_GET_ORIGINAL_PACKET(_Packet) NDIS_PER_PACKET_INFO_FROM_PACKET(_Packet, OriginalPacketInfo)",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-16"],
      page: archived("ff556986"),
      bind: getSlot(SLOT.OriginalPacketInfo),
    },
    NDIS_SET_ORIGINAL_PACKET: {
      c: "VOID NDIS_SET_ORIGINAL_PACKET(PNDIS_PACKET _Packet, PNDIS_PACKET _OriginalPacket)",
      macro:
        "NDIS_SET_ORIGINAL_PACKET(_Packet, _OriginalPacket) (NDIS_PER_PACKET_INFO_FROM_PACKET(_Packet, OriginalPacketInfo) = (_OriginalPacket))",
      successor: "NET_BUFFER_LIST_INFO",
      contract: ["M5-17"],
      page: archived("ff557184"),
      bind: setSlot(SLOT.OriginalPacketInfo),
    },
    NDIS_GET_PACKET_CANCEL_ID: {
      c: "PVOID NDIS_GET_PACKET_CANCEL_ID(PNDIS_PACKET _Packet)",
      macro: "NDIS_GET_PACKET_CANCEL_ID(_Packet) NDIS_PER_PACKET_INFO_FROM_PACKET(_Packet, PacketCancelId)",
      since: "NDIS 5.1",
      irql: IRQL.DISPATCH_LEVEL,
      irqlRule: "PKT-IRQL",
      successor: "NDIS_GET_NET_BUFFER_LIST_CANCEL_ID",
      contract: ["M5-18"],
      platform: "Desktop",
      page: archived("ff556988"),
      bind: getSlot(SLOT.PacketCancelId),
    },
    NDIS_SET_PACKET_CANCEL_ID: {
      c: "VOID NDIS_SET_PACKET_CANCEL_ID(PNDIS_PACKET _Packet, PVOID _CancelId)",
      macro:
        "NDIS_SET_PACKET_CANCEL_ID(_Packet, _CancelId) (NDIS_PER_PACKET_INFO_FROM_PACKET(_Packet, PacketCancelId) = (_CancelId))",
      since: "NDIS 5.1",
      irql: IRQL.DISPATCH_LEVEL,
      irqlRule: "PKT-IRQL",
      successor: "NDIS_SET_NET_BUFFER_LIST_CANCEL_ID",
      contract: ["M5-19"],
      page: archived("ff557195"),
      bind: setSlot(SLOT.PacketCancelId),
    },
    NDIS_GET_PACKET_PROTOCOL_TYPE: {
      c: "UINT NDIS_GET_PACKET_PROTOCOL_TYPE(PNDIS_PACKET _Packet)",
      macro: "NDIS_GET_PACKET_PROTOCOL_TYPE(_Packet) ((_Packet)->Private.Flags & NDIS_FLAGS_PROTOCOL_ID_MASK)",
      successor: "NdisGetNetBufferListProtocolId",
      contract: ["M5-20"],
      page: "/previous-versions/windows/embedded/aa447975(v=msdn.10)",
      bind: (m) => (packet: Address) =>
        m.memory.u32[(packet >>> 2) + FLAGS] & NDIS_PACKET_FLAGS.NDIS_FLAGS_PROTOCOL_ID_MASK,
    },
    NdisGetPacketFlags: {
      c: "ULONG NdisGetPacketFlags(PNDIS_PACKET _Packet)",
      macro: "NdisGetPacketFlags(_Packet) ((_Packet)->Private.Flags)",
      successor: "NET_BUFFER_LIST_FLAGS",
      contract: ["M5-21"],
      page: archived("ff552081"),
      bind: accessor(NDIS_PACKET, "Private.Flags"),
    },
    NdisSetPacketFlags: {
      c: "VOID NdisSetPacketFlags(PNDIS_PACKET _Packet, ULONG _Flags)",
      macro: "NdisSetPacketFlags(_Packet, _Flags) ((_Packet)->Private.Flags |= (_Flags))",
      successor: "NdisSetNblFlag",
      contract: ["M5-22"],
      page: archived("ff554737"),
      bind: (m) => (packet: Address, flags: number) => {
        m.memory.u32[(packet >>> 2) + FLAGS] |= flags;
      },
    },
    NdisClearPacketFlags: {
      c: "VOID NdisClearPacketFlags(PNDIS_PACKET _Packet, ULONG _Flags)",
      macro: "NdisClearPacketFlags(_Packet, _Flags) ((_Packet)->Private.Flags &= ~(_Flags))",
      successor: "NdisClearNblFlag",
      contract: ["M5-23"],
      bind: (m) => (packet: Address, flags: number) => {
        m.memory.u32[(packet >>> 2) + FLAGS] &= ~flags;
      },
    },
    NdisIMCopySendPerPacketInfo: {
      c: "VOID NdisIMCopySendPerPacketInfo(PNDIS_PACKET DstPacket, PNDIS_PACKET SrcPacket)",
      library: "ndis.lib",
      successor: "NdisCopySendNetBufferListInfo",
      page: "ndis/nf-ndis-ndisimcopysendperpacketinfo",
      bind: copyExtension,
    },
    NdisIMCopySendCompletePerPacketInfo: {
      c: "VOID NdisIMCopySendCompletePerPacketInfo(PNDIS_PACKET DstPacket, PNDIS_PACKET SrcPacket)",
      library: "ndis.lib",
      successor: "NdisCopySendNetBufferListInfo",
      page: "ndis/nf-ndis-ndisimcopysendcompleteperpacketinfo",
      bind: copyExtension,
    },
  },
);
