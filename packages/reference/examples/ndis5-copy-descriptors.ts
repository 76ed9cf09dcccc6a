import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);
const result = (): number => u32[(out + 4) >>> 2];

const block = ddi.NdisAllocateMemoryWithTagPriority(0, 128, poolTag("docs"), 16);
ddi.NdisAllocateBufferPool(out, out + 4, 4);
const pool = result();
ddi.NdisAllocateBuffer(out, out + 4, pool, block, 14);
const header = result();
ddi.NdisAllocateBuffer(out, out + 4, pool, block + 64, 46);
const payload = result();
ddi.NDIS_BUFFER_LINKAGE.set(header, payload);

// what lies across the two takes two descriptors, each freed by itself
ddi.NdisCopyBuffer(out, out + 4, pool, header, 10, 20);
for (let copy = result(); copy !== 0; copy = result()) {
  console.log(`${ddi.NdisBufferLength(copy)} bytes`);
  ddi.NdisGetNextBuffer(copy, out + 4);
  ddi.NdisFreeBuffer(copy);
}
ddi.NdisFreeBuffer(header);
ddi.NdisFreeBuffer(payload);
ddi.NdisFreeBufferPool(pool);
ddi.NdisFreeMemory(block, 0, 0);
ddi.NdisFreeMemory(out, 0, 0);
