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

ddi.NdisChainBufferAtBack(packet, payload);
ddi.NdisChainBufferAtFront(packet, header);
const told = (word: number): number => u32[(out >>> 2) + word];
const yes = (condition: boolean): string => (condition ? "yes" : "no");
ddi.NdisQueryPacket(packet, 0, out, out + 4, out + 8);
console.log(`${told(0)} descriptors, ${told(2)} bytes, the header first: ${yes(told(1) === header)}`);
ddi.NdisQueryPacketLength(packet, out);
console.log(`${told(0)} bytes`);

ddi.NdisGetFirstBufferFromPacket(packet, out, out + 4, out + 8, out + 12);
console.log(`${told(2)} of ${told(3)} bytes, where the block is: ${yes(told(1) === block)}`);
ddi.NdisGetFirstBufferFromPacketSafe(packet, out, out + 4, out + 8, out + 12, 16);
console.log(`${told(2)} of ${told(3)} bytes, where the block is: ${yes(told(1) === block)}`);
ddi.NdisReinitializePacket(packet); // the descriptors are kept in header and payload

ddi.NdisFreeBuffer(header);
ddi.NdisFreeBuffer(payload);
ddi.NdisFreePacket(packet);
ddi.NdisFreeBufferPool(buffers);
ddi.NdisFreePacketPool(packets);
ddi.NdisFreeMemory(block, 0, 0);
ddi.NdisFreeMemory(out, 0, 0);
