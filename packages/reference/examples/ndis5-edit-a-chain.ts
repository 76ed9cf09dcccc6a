import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 16, poolTag("docs"), 16);
const result = (): number => u32[(out + 4) >>> 2];

const block = ddi.NdisAllocateMemoryWithTagPriority(0, 64, poolTag("docs"), 16);
ddi.NdisAllocatePacketPool(out, out + 4, 1, 0);
const packets = result();
ddi.NdisAllocateBufferPool(out, out + 4, 2);
const buffers = result();
ddi.NdisAllocateBuffer(out, out + 4, buffers, block, 14);
const header = result();
ddi.NdisAllocateBuffer(out, out + 4, buffers, block + 14, 46);
const payload = result();
ddi.NdisAllocatePacket(out, out + 4, packets);
const packet = result();

ddi.NDIS_PACKET_FIRST_NDIS_BUFFER.set(packet, header);
ddi.NDIS_PACKET_LAST_NDIS_BUFFER.set(packet, header);
ddi.NDIS_PACKET_VALID_COUNTS.set(packet, 0);
ddi.NdisQueryPacketLength(packet, out + 4);
console.log(`${result()} bytes, counts valid: ${ddi.NDIS_PACKET_VALID_COUNTS(packet) ? "yes" : "no"}`);

ddi.NDIS_BUFFER_LINKAGE.set(header, payload);
ddi.NdisRecalculatePacketCounts(packet);
console.log(`the payload last: ${ddi.NDIS_PACKET_LAST_NDIS_BUFFER(packet) === payload ? "yes" : "no"}`);
ddi.NdisQueryPacketLength(packet, out + 4);
console.log(`${result()} bytes`);
ddi.NdisReinitializePacket(packet);

ddi.NdisFreeBuffer(header);
ddi.NdisFreeBuffer(payload);
ddi.NdisFreePacket(packet);
ddi.NdisFreeBufferPool(buffers);
ddi.NdisFreePacketPool(packets);
ddi.NdisFreeMemory(block, 0, 0);
ddi.NdisFreeMemory(out, 0, 0);
