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

ddi.NdisChainBufferAtBack(packet, header);
ddi.NdisChainBufferAtBack(packet, payload);
ddi.NdisUnchainBufferAtFront(packet, out + 4);
console.log(`${ddi.NdisBufferLength(result())} bytes from the front`);
ddi.NdisUnchainBufferAtBack(packet, out + 4);
console.log(`${ddi.NdisBufferLength(result())} bytes from the back`);
ddi.NdisUnchainBufferAtBack(packet, out + 4);
console.log(`more: ${result() === 0 ? "no" : "yes"}`);

// used again for another frame
ddi.NdisReinitializePacket(packet);
ddi.NdisChainBufferAtFront(packet, payload);
ddi.NdisUnchainBufferAtFront(packet, out + 4);
console.log(`${ddi.NdisBufferLength(result())} bytes from the front`);

ddi.NdisFreeBuffer(header);
ddi.NdisFreeBuffer(payload);
ddi.NdisFreePacket(packet);
ddi.NdisFreeBufferPool(buffers);
ddi.NdisFreePacketPool(packets);
ddi.NdisFreeMemory(block, 0, 0);
ddi.NdisFreeMemory(out, 0, 0);
