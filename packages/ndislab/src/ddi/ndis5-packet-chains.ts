import { NDIS_PACKET } from "../layout/packet.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { tellFirstBuffer } from "../ndis5/packet-first.js";
import { accessor } from "./accessor.js";
import { family } from "./entry.js";
import { archived } from "./page-address.js";

/**
 * The descriptors of a packet: chaining, counting, copying. What edits or counts a chain is a function here, also where
 * the WDK has a macro for it: so the rules see it.
 */
export const NDIS5_PACKET_CHAINS = family(
  {
    family: "NDIS 5 packets",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 5.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "PKT-IRQL",
    deprecated: true,
  },
  {
    NdisChainBufferAtFront: {
      c: "VOID NdisChainBufferAtFront(PNDIS_PACKET Packet, PNDIS_BUFFER Buffer)",
      since: "Windows CE .NET 4.0, NDIS 5.0",
      irql: IRQL.HIGH_LEVEL,
      successor: "NET_BUFFER_FIRST_MDL",
      contract: ["F5-19"],
      platform: "Desktop",
      page: archived("ff550837"),
      bind: (m) => (packet: Address, buffer: Address) => m.packetChains.atFront(packet, buffer),
    },
    NdisChainBufferAtBack: {
      c: "VOID NdisChainBufferAtBack(PNDIS_PACKET Packet, PNDIS_BUFFER Buffer)",
      since: "Windows CE .NET 4.0, NDIS 5.0",
      irql: IRQL.HIGH_LEVEL,
      successor: "NET_BUFFER_FIRST_MDL",
      contract: ["F5-20"],
      platform: "Desktop",
      page: archived("ff550830"),
      bind: (m) => (packet: Address, buffer: Address) => m.packetChains.atBack(packet, buffer),
    },
    NdisUnchainBufferAtFront: {
      c: "VOID NdisUnchainBufferAtFront(PNDIS_PACKET Packet, PNDIS_BUFFER *Buffer)",
      irql: IRQL.HIGH_LEVEL,
      successor: "NET_BUFFER_FIRST_MDL",
      contract: ["F5-21"],
      page: archived("ff554826"),
      bind: (m) => (packet: Address, buffer: Address) => {
        m.memory.u32[buffer >>> 2] = m.packetChains.takeFront(packet);
      },
    },
    NdisUnchainBufferAtBack: {
      c: "VOID NdisUnchainBufferAtBack(PNDIS_PACKET Packet, PNDIS_BUFFER *Buffer)",
      irql: IRQL.HIGH_LEVEL,
      successor: "NET_BUFFER_FIRST_MDL",
      contract: ["F5-22"],
      page: "ndis/nf-ndis-ndisunchainbufferatback",
      bind: (m) => (packet: Address, buffer: Address) => {
        m.memory.u32[buffer >>> 2] = m.packetChains.takeBack(packet);
      },
    },
    NdisRecalculatePacketCounts: {
      c: "VOID NdisRecalculatePacketCounts(PNDIS_PACKET Packet)",
      irql: IRQL.HIGH_LEVEL,
      successor: "NdisAdjustNetBufferCurrentMdl",
      contract: ["F5-23"],
      platform: "Desktop",
      page: archived("ff554645"),
      bind: (m) => (packet: Address) => m.packetChains.recalculate(packet),
    },
    NDIS_PACKET_FIRST_NDIS_BUFFER: {
      c: "PNDIS_BUFFER NDIS_PACKET_FIRST_NDIS_BUFFER(PNDIS_PACKET _Packet)",
      macro: "NDIS_PACKET_FIRST_NDIS_BUFFER(_Packet) ((_Packet)->Private.Head)",
      irql: IRQL.HIGH_LEVEL,
      successor: "NET_BUFFER_FIRST_MDL",
      contract: ["F5-24"],
      bind: accessor(NDIS_PACKET, "Private.Head"),
    },
    NDIS_PACKET_LAST_NDIS_BUFFER: {
      c: "PNDIS_BUFFER NDIS_PACKET_LAST_NDIS_BUFFER(PNDIS_PACKET _Packet)",
      macro: "NDIS_PACKET_LAST_NDIS_BUFFER(_Packet) ((_Packet)->Private.Tail)",
      irql: IRQL.HIGH_LEVEL,
      successor: "NET_BUFFER_FIRST_MDL",
      contract: ["F5-25"],
      bind: accessor(NDIS_PACKET, "Private.Tail"),
    },
    NDIS_PACKET_VALID_COUNTS: {
      c: "BOOLEAN NDIS_PACKET_VALID_COUNTS(PNDIS_PACKET _Packet)",
      macro: "NDIS_PACKET_VALID_COUNTS(_Packet) ((_Packet)->Private.ValidCounts)",
      irql: IRQL.HIGH_LEVEL,
      successor: "NET_BUFFER_DATA_LENGTH",
      contract: ["F5-26"],
      page: archived("ff557114"),
      bind: accessor(NDIS_PACKET, "Private.ValidCounts"),
    },
    NdisGetFirstBufferFromPacket: {
      c: "VOID NdisGetFirstBufferFromPacket(PNDIS_PACKET Packet, PNDIS_BUFFER *FirstBuffer, PVOID *FirstBufferVA, PUINT FirstBufferLength, PUINT TotalBufferLength)",
      irqlRule: "BUF-IRQL",
      successor: "NET_BUFFER_CURRENT_MDL",
      contract: ["F5-17"],
      page: archived("ff552061"),
      bind:
        (m) =>
        (packet: Address, first: Address, address: Address, length: Address, total: Address): void => {
          const head = m.packetChains.head(packet);
          const mapped = head === 0 ? 0 : m.mappings.mapOrBugCheck(head);
          tellFirstBuffer(m.memory, m.chains, head, mapped, first, address, length, total);
        },
    },
    NdisGetFirstBufferFromPacketSafe: {
      c: "VOID NdisGetFirstBufferFromPacketSafe(PNDIS_PACKET Packet, PNDIS_BUFFER *FirstBuffer, PVOID *FirstBufferVA, PUINT FirstBufferLength, PUINT TotalBufferLength, MM_PAGE_PRIORITY Priority)",
      since: "NDIS 5.1",
      irqlRule: "BUF-IRQL",
      successor: "NET_BUFFER_CURRENT_MDL",
      contract: ["F5-18"],
      page: archived("ff552066"),
      bind:
        (m) =>
        (
          packet: Address,
          first: Address,
          address: Address,
          length: Address,
          total: Address,
          _priority: number,
        ): void => {
          const head = m.packetChains.head(packet);
          const mapped = head === 0 ? 0 : m.mappings.map(head);
          tellFirstBuffer(m.memory, m.chains, head, mapped, first, address, length, total);
        },
    },
    NdisReinitializePacket: {
      c: "VOID NdisReinitializePacket(PNDIS_PACKET Packet)",
      irql: IRQL.HIGH_LEVEL,
      successor: "NET_BUFFER_FIRST_MDL",
      contract: ["F5-40"],
      page: archived("ff554658"),
      bind: (m) => (packet: Address) => m.packetChains.reinitialize(packet),
    },
    NdisQueryPacket: {
      c: "VOID NdisQueryPacket(PNDIS_PACKET Packet, PUINT PhysicalBufferCount OPTIONAL, PUINT BufferCount OPTIONAL, PNDIS_BUFFER *FirstBuffer OPTIONAL, PUINT TotalPacketLength OPTIONAL)",
      irql: IRQL.HIGH_LEVEL,
      successor: "NET_BUFFER_DATA_LENGTH",
      contract: ["F5-41"],
      page: archived("ff554428"),
      bind: (m) => (packet: Address, pages: Address, count: Address, first: Address, bytes: Address) =>
        m.packetChains.query(packet, pages, count, first, bytes),
    },
    NdisQueryPacketLength: {
      c: "VOID NdisQueryPacketLength(PNDIS_PACKET Packet, PUINT TotalPacketLength)",
      irql: IRQL.HIGH_LEVEL,
      successor: "NET_BUFFER_DATA_LENGTH",
      contract: ["F5-42"],
      bind: (m) => (packet: Address, bytes: Address) => m.packetChains.query(packet, 0, 0, 0, bytes),
    },
    NdisCopyFromPacketToPacket: {
      c: "VOID NdisCopyFromPacketToPacket(PNDIS_PACKET Destination, UINT DestinationOffset, UINT BytesToCopy, PNDIS_PACKET Source, UINT SourceOffset, PUINT BytesCopied)",
      successor: "NdisCopyFromNetBufferToNetBuffer",
      contract: ["F5-43"],
      page: archived("ff551066"),
      bind:
        (m) =>
        (
          destination: Address,
          destinationOffset: number,
          length: number,
          source: Address,
          sourceOffset: number,
          copied: Address,
        ): void => {
          m.memory.u32[copied >>> 2] = m.packetCopies.copy(
            destination,
            destinationOffset >>> 0,
            length >>> 0,
            source,
            sourceOffset >>> 0,
          );
        },
    },
    NdisCopyFromPacketToPacketSafe: {
      c: "VOID NdisCopyFromPacketToPacketSafe(PNDIS_PACKET Destination, UINT DestinationOffset, UINT BytesToCopy, PNDIS_PACKET Source, UINT SourceOffset, PUINT BytesCopied, MM_PAGE_PRIORITY Priority)",
      since: "NDIS 5.1",
      successor: "NdisCopyFromNetBufferToNetBuffer",
      contract: ["F5-44"],
      page: "ndis/nf-ndis-ndiscopyfrompackettopacketsafe",
      bind:
        (m) =>
        (
          destination: Address,
          destinationOffset: number,
          length: number,
          source: Address,
          sourceOffset: number,
          copied: Address,
          _priority: number,
        ): void => {
          m.memory.u32[copied >>> 2] = m.packetCopies.copySafe(
            destination,
            destinationOffset >>> 0,
            length >>> 0,
            source,
            sourceOffset >>> 0,
          );
        },
    },
  },
);
