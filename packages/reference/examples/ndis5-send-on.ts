import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);
const hex = (value: number): string => value.toString(16).padStart(8, "0");

ddi.NdisAllocatePacketPool(out, out + 4, 2, 0);
const pool = u32[(out + 4) >>> 2];
ddi.NdisAllocatePacket(out, out + 4, pool);
const upper = u32[(out + 4) >>> 2];
ddi.NdisAllocatePacket(out, out + 4, pool);
const own = u32[(out + 4) >>> 2];

// what a protocol sent down goes on in a packet of one's own
ddi.NDIS_SET_PACKET_CANCEL_ID(upper, 5);
ddi.NdisIMCopySendPerPacketInfo(own, upper);
ddi.NDIS_SET_ORIGINAL_PACKET(own, upper);
const known = ddi.NDIS_GET_ORIGINAL_PACKET(own) === upper;
console.log(`cancel id ${hex(ddi.NDIS_GET_PACKET_CANCEL_ID(own))}, the original known: ${known ? "yes" : "no"}`);

// and what the miniport made of it goes back
ddi.NDIS_SET_ORIGINAL_PACKET(own, 0);
ddi.NDIS_SET_PACKET_CANCEL_ID(own, 6);
ddi.NdisIMCopySendCompletePerPacketInfo(upper, own);
console.log(`cancel id ${hex(ddi.NDIS_GET_PACKET_CANCEL_ID(upper))}`);

for (const packet of [upper, own]) ddi.NdisFreePacket(packet);
ddi.NdisFreePacketPool(pool);
ddi.NdisFreeMemory(out, 0, 0);
