import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);

ddi.NdisAllocatePacketPool(out, out + 4, 2, 0);
const pool = u32[(out + 4) >>> 2];
ddi.NdisAllocatePacket(out, out + 4, pool);
const sent = u32[(out + 4) >>> 2];
ddi.NdisAllocatePacket(out, out + 4, pool);
const received = u32[(out + 4) >>> 2];

// a protocol notes this in what it sends; in units of 100 nanoseconds
ddi.NDIS_SET_PACKET_TIME_TO_SEND(sent, 20_000_000n);
console.log(`to be sent at ${ddi.NDIS_GET_PACKET_TIME_TO_SEND(sent) / 10_000n} ms`);

// and the miniport at the other end that in what it indicates
ddi.NDIS_SET_PACKET_TIME_SENT(received, 20_000_000n);
ddi.NDIS_SET_PACKET_TIME_RECEIVED(received, 20_050_000n);
const [from, to] = [ddi.NDIS_GET_PACKET_TIME_SENT(received), ddi.NDIS_GET_PACKET_TIME_RECEIVED(received)];
console.log(`sent at ${from / 10_000n} ms, received at ${to / 10_000n} ms`);

ddi.NdisFreePacket(sent);
ddi.NdisFreePacket(received);
ddi.NdisFreePacketPool(pool);
ddi.NdisFreeMemory(out, 0, 0);
