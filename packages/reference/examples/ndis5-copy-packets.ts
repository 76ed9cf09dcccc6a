import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);
const result = (): number => u32[(out + 4) >>> 2];

const block = ddi.NdisAllocateMemoryWithTagPriority(0, 64, poolTag("docs"), 16);
ddi.NdisAllocatePacketPool(out, out + 4, 2, 0);
const packets = result();
ddi.NdisAllocateBufferPool(out, out + 4, 2);
const buffers = result();
ddi.NdisAllocateBuffer(out, out + 4, buffers, block, 10);
const source = result();
ddi.NdisAllocateBuffer(out, out + 4, buffers, block + 32, 6);
const target = result();
ddi.NdisAllocatePacket(out, out + 4, packets);
const from = result();
ddi.NdisAllocatePacket(out, out + 4, packets);
const to = result();

const text = (start: number, length: number): string => machine.memory.cString(block + start, length);
machine.memory.bytes(block, 10).set([..."0123456789"].map((digit) => digit.charCodeAt(0)));
ddi.NdisChainBufferAtFront(from, source);
ddi.NdisChainBufferAtFront(to, target);
ddi.NdisCopyFromPacketToPacket(to, 0, 2, from, 8, out);
console.log(`${u32[out >>> 2]} copied: ${text(32, 2)}`);
ddi.NdisCopyFromPacketToPacketSafe(to, 2, 10, from, 0, out, 16);
console.log(`${u32[out >>> 2]} copied, more has no room: ${text(34, 4)}`);

for (const packet of [from, to]) {
  ddi.NdisReinitializePacket(packet);
  ddi.NdisFreePacket(packet);
}
for (const buffer of [source, target]) ddi.NdisFreeBuffer(buffer);
ddi.NdisFreeBufferPool(buffers);
ddi.NdisFreePacketPool(packets);
ddi.NdisFreeMemory(block, 0, 0);
ddi.NdisFreeMemory(out, 0, 0);
