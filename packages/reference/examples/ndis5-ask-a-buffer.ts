import { createDdi, Machine, PAGE, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);
const { PAGE_SIZE } = PAGE;
const PRIORITY = 16;
const first = (): number => u32[out >>> 2];
const second = (): number => u32[(out + 4) >>> 2];

// blocks of a page and more start with a page
const block = ddi.NdisAllocateMemoryWithTagPriority(0, 2 * PAGE_SIZE, poolTag("docs"), 16);
ddi.NdisAllocateBufferPool(out, out + 4, 1);
const pool = second();
ddi.NdisAllocateBuffer(out, out + 4, pool, block + PAGE_SIZE - 100, 200);
const buffer = second();

ddi.NdisQueryBufferSafe(buffer, out, out + 4, PRIORITY);
console.log(`${second()} bytes at byte ${first() - block} of the block`);
ddi.NdisGetBufferPhysicalArraySize(buffer, out);
const pages = first();
ddi.NdisQueryBufferOffset(buffer, out, out + 4);
const macro = ddi.NDIS_BUFFER_TO_SPAN_PAGES(buffer);
console.log(`${second()} bytes from ${first()} on in their page, ${pages} pages, or ${macro}`);
const same = ddi.NdisBufferVirtualAddressSafe(buffer, PRIORITY) === ddi.NdisBufferVirtualAddress(buffer);
console.log(`${ddi.NdisBufferLength(buffer)} bytes, both addresses the same: ${same ? "yes" : "no"}`);

ddi.NdisFreeBuffer(buffer);
ddi.NdisFreeBufferPool(pool);
ddi.NdisFreeMemory(block, 0, 0);
ddi.NdisFreeMemory(out, 0, 0);
