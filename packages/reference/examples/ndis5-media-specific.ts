import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);

ddi.NdisAllocatePacketPool(out, out + 4, 1, 0);
const pool = u32[(out + 4) >>> 2];
ddi.NdisAllocatePacket(out, out + 4, pool);
const packet = u32[(out + 4) >>> 2];

const key = ddi.NdisAllocateMemoryWithTagPriority(0, 4, poolTag("docs"), 16);
u32[key >>> 2] = 7;
ddi.NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(packet, out, out + 4);
console.log(`before: ${u32[(out + 4) >>> 2]} bytes`);
ddi.NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO(packet, key, 4);
ddi.NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(packet, out, out + 4);
console.log(`now: ${u32[(out + 4) >>> 2]} bytes, the key ${u32[u32[out >>> 2] >>> 2]}`);
ddi.NdisFreeMemory(key, 0, 0);

ddi.NdisFreePacket(packet);
ddi.NdisFreePacketPool(pool);
ddi.NdisFreeMemory(out, 0, 0);
