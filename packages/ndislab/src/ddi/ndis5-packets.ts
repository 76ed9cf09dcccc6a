import { NDIS_PACKET } from "../layout/packet.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address, Handle } from "../memory/address.js";
import { packetSize } from "../ndis5/packet-pools.js";
import { getter } from "./accessor.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";
import { archived } from "./page-address.js";

const allocate = (m: Machine) => (status: Address, packet: Address, pool: Handle) =>
  m.packetPools.allocateTo(status, packet, pool);

const free =
  (m: Machine) =>
  (packet: Address): void => {
    m.packetPools.free(packet);
  };

/**
 * Packet pools and packets of NDIS 5. The forms with Dpr and NonInterlocked do the same: what they leave out on
 * Windows, a change of the IRQL and a lock, this system has not. All deprecated.
 */
export const NDIS5_PACKETS = family(
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
    NdisAllocatePacketPool: {
      c: "VOID NdisAllocatePacketPool(PNDIS_STATUS Status, PNDIS_HANDLE PoolHandle, UINT NumberOfDescriptors, UINT ProtocolReservedLength)",
      successor: "NdisAllocateNetBufferListPool",
      contract: ["F5-27"],
      page: archived("ff550780"),
      bind: (m) => (status: Address, poolHandle: Address, packets: number, reservedLength: number) =>
        m.packetPools.create(status, poolHandle, packets >>> 0, 0, reservedLength >>> 0),
    },
    NdisAllocatePacketPoolEx: {
      c: "VOID NdisAllocatePacketPoolEx(PNDIS_STATUS Status, PNDIS_HANDLE PoolHandle, UINT NumberOfDescriptors, UINT NumberOfOverflowDescriptors, UINT ProtocolReservedLength)",
      successor: "NdisAllocateNetBufferListPool",
      contract: ["F5-28"],
      page: "ndis/nf-ndis-ndisallocatepacketpoolex",
      bind: (m) => (status: Address, poolHandle: Address, packets: number, overflow: number, reservedLength: number) =>
        m.packetPools.create(status, poolHandle, packets >>> 0, overflow >>> 0, reservedLength >>> 0),
    },
    NdisSetPacketPoolProtocolId: {
      c: "VOID NdisSetPacketPoolProtocolId(NDIS_HANDLE PacketPoolHandle, UINT ProtocolId)",
      successor: "NdisAllocateNetBufferListPool",
      contract: ["F5-29"],
      page: archived("ff554741"),
      bind: (m) => (pool: Handle, protocolId: number) => m.packetPools.setProtocolId(pool, protocolId),
    },
    NdisFreePacketPool: {
      c: "VOID NdisFreePacketPool(NDIS_HANDLE PoolHandle)",
      successor: "NdisFreeNetBufferListPool",
      contract: ["F5-30"],
      page: "ndis/nf-ndis-ndisfreepacketpool",
      bind: (m) => (pool: Handle) => {
        m.packetPools.destroy(pool);
      },
    },
    NdisPacketPoolUsage: {
      c: "UINT NdisPacketPoolUsage(NDIS_HANDLE PoolHandle)",
      successor: "NdisAllocateNetBufferListPool",
      contract: ["F5-31"],
      page: "ndis/nf-ndis-ndispacketpoolusage",
      bind: (m) => (pool: Handle) => m.packetPools.usage(pool),
    },
    NdisPacketSize: {
      c: "UINT NdisPacketSize(UINT ProtocolReservedSize)",
      successor: "NdisAllocateNetBufferListPool",
      contract: ["F5-32"],
      page: archived("ff553687"),
      bind: () => (reservedLength: number) => packetSize(reservedLength >>> 0),
    },
    NdisGetPoolFromPacket: {
      c: "NDIS_HANDLE NdisGetPoolFromPacket(PNDIS_PACKET Packet)",
      successor: "NdisGetPoolFromNetBufferList",
      contract: ["F5-33"],
      since: "NDIS 5.1",
      page: archived("ff552090"),
      bind: getter(NDIS_PACKET, "Private.Pool"),
    },
    NdisAllocatePacket: {
      c: "VOID NdisAllocatePacket(PNDIS_STATUS Status, PNDIS_PACKET *Packet, NDIS_HANDLE PoolHandle)",
      successor: "NdisAllocateNetBufferAndNetBufferList",
      contract: ["F5-34"],
      page: archived("ff550774"),
      bind: allocate,
    },
    NdisDprAllocatePacket: {
      c: "VOID NdisDprAllocatePacket(PNDIS_STATUS Status, PNDIS_PACKET *Packet, NDIS_HANDLE PoolHandle)",
      irqlFrom: IRQL.DISPATCH_LEVEL,
      irqlRule: "DPR-IRQL",
      successor: "NdisAllocateNetBufferAndNetBufferList",
      contract: ["F5-35"],
      page: archived("ff551932"),
      bind: allocate,
    },
    NdisDprAllocatePacketNonInterlocked: {
      c: "VOID NdisDprAllocatePacketNonInterlocked(PNDIS_STATUS Status, PNDIS_PACKET *Packet, NDIS_HANDLE PoolHandle)",
      irqlFrom: IRQL.DISPATCH_LEVEL,
      irqlRule: "DPR-IRQL",
      successor: "NdisAllocateNetBufferAndNetBufferList",
      contract: ["F5-36"],
      page: archived("ff551937"),
      bind: allocate,
    },
    NdisFreePacket: {
      c: "VOID NdisFreePacket(PNDIS_PACKET Packet)",
      successor: "NdisFreeNetBufferList",
      contract: ["F5-37"],
      page: archived("ff551993"),
      bind: free,
    },
    NdisDprFreePacket: {
      c: "VOID NdisDprFreePacket(PNDIS_PACKET Packet)",
      irqlFrom: IRQL.DISPATCH_LEVEL,
      irqlRule: "DPR-IRQL",
      successor: "NdisFreeNetBufferList",
      contract: ["F5-38"],
      page: archived("ff551940"),
      bind: free,
    },
    NdisDprFreePacketNonInterlocked: {
      c: "VOID NdisDprFreePacketNonInterlocked(PNDIS_PACKET Packet)",
      irqlFrom: IRQL.DISPATCH_LEVEL,
      irqlRule: "DPR-IRQL",
      successor: "NdisFreeNetBufferList",
      contract: ["F5-39"],
      page: archived("ff551945"),
      bind: free,
    },
    NdisGetReceivedPacket: {
      c: "PNDIS_PACKET NdisGetReceivedPacket(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE MacContext)",
      successor: "NdisMIndicateReceiveNetBufferLists",
      page: "ndis/nf-ndis-ndisgetreceivedpacket",
      bind: (m) => (_binding: Handle, context: Handle) => m.receivedPackets.find(context),
    },
  },
);
