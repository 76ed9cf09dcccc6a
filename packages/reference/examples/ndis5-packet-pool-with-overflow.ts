import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);
const BASE = 2;
const OVERFLOW = 2;
const TCP_IP = 2;

ddi.NdisAllocatePacketPoolEx(out, out + 4, BASE, OVERFLOW, 0);
const pool = u32[(out + 4) >>> 2];
ddi.NdisSetPacketPoolProtocolId(pool, TCP_IP);
const packets: number[] = [];
while (packets.length < BASE + OVERFLOW) {
  ddi.NdisAllocatePacket(out, out + 4, pool);
  packets.push(u32[(out + 4) >>> 2]);
}
console.log(`${packets.length} packets`);
const own = ddi.NdisGetPoolFromPacket(packets[0]) === pool;
console.log(`protocol ${ddi.NDIS_GET_PACKET_PROTOCOL_TYPE(packets[0])}, of the pool: ${own ? "yes" : "no"}`);
for (const packet of packets) ddi.NdisFreePacket(packet);
ddi.NdisFreePacketPool(pool);
ddi.NdisFreeMemory(out, 0, 0);
