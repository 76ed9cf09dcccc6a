import { createDdi, Machine, NDIS_PACKET_FLAGS, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);

ddi.NdisAllocatePacketPool(out, out + 4, 1, 0);
const pool = u32[(out + 4) >>> 2];
ddi.NdisAllocatePacket(out, out + 4, pool);
const packet = u32[(out + 4) >>> 2];

const { NDIS_FLAGS_DONT_LOOPBACK, NDIS_FLAGS_MULTICAST_PACKET } = NDIS_PACKET_FLAGS;
ddi.NdisSetPacketFlags(packet, NDIS_FLAGS_DONT_LOOPBACK);
ddi.NdisSetPacketFlags(packet, NDIS_FLAGS_MULTICAST_PACKET);
console.log(`flags 0x${ddi.NdisGetPacketFlags(packet).toString(16)}`);
ddi.NdisClearPacketFlags(packet, NDIS_FLAGS_DONT_LOOPBACK);
console.log(`flags 0x${ddi.NdisGetPacketFlags(packet).toString(16)}`);

ddi.NdisFreePacket(packet);
ddi.NdisFreePacketPool(pool);
ddi.NdisFreeMemory(out, 0, 0);
