import { createDdi, Machine, NDIS_PACKET_OOB_DATA, NDIS_PER_PACKET_INFO, NDIS_STATUS, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);

ddi.NdisAllocatePacketPool(out, out + 4, 1, 0);
const pool = u32[(out + 4) >>> 2];
ddi.NdisAllocatePacket(out, out + 4, pool);
const packet = u32[(out + 4) >>> 2];

ddi.NDIS_SET_PACKET_HEADER_SIZE(packet, 14);
ddi.NDIS_SET_PACKET_STATUS(packet, NDIS_STATUS.NDIS_STATUS_RESOURCES);
const oob = ddi.NDIS_OOB_DATA_FROM_PACKET(packet);
const size = u32[(oob + NDIS_PACKET_OOB_DATA.offset.HeaderSize) >>> 2];
const status = ddi.NDIS_GET_PACKET_STATUS(packet).toString(16);
console.log(`header of ${ddi.NDIS_GET_PACKET_HEADER_SIZE(packet)} bytes, or ${size}; status 0x${status}`);

const { Ieee8021QInfo } = NDIS_PER_PACKET_INFO.values;
ddi.NDIS_PER_PACKET_INFO_FROM_PACKET.set(packet, Ieee8021QInfo, 100);
const slot = ddi.NDIS_PACKET_EXTENSION_FROM_PACKET(packet) + 4 * Ieee8021QInfo;
console.log(`802.1Q information ${u32[slot >>> 2].toString(16).padStart(8, "0")}`);

ddi.NdisFreePacket(packet);
ddi.NdisFreePacketPool(pool);
ddi.NdisFreeMemory(out, 0, 0);
