import { createDdi, Machine, NDIS_MEMORY_FLAGS, NDIS_STATUS, PAGE, poolTag } from "ndislab";

const RING_SIZE = 4096;
const CONTEXT_SIZE = 64;
const { NDIS_MEMORY_CONTIGUOUS } = NDIS_MEMORY_FLAGS;
const { NDIS_STATUS_SUCCESS } = NDIS_STATUS;
const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;
const tag = poolTag("docs");
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 16, tag, 16); // an address, and -1 of 64 bits behind it
const highest = out + 8;
ddi.NdisFillMemory(highest, 8, 0xff);

// a ring of descriptors that the device reads, too: freed with the same length and flags
if (ddi.NdisAllocateMemory(out, RING_SIZE, NDIS_MEMORY_CONTIGUOUS, highest) === NDIS_STATUS_SUCCESS) {
  const ring = u32[out >>> 2];
  ddi.NdisZeroMemory(ring, RING_SIZE);
  console.log(`a ring at byte ${ring & (PAGE.PAGE_SIZE - 1)} of a page`);
  ddi.NdisFreeMemory(ring, RING_SIZE, NDIS_MEMORY_CONTIGUOUS);
}

// ordinary memory: freed with no length and no flags, or from NDIS 6.20 on with its tag
if (ddi.NdisAllocateMemoryWithTag(out, CONTEXT_SIZE, tag) === NDIS_STATUS_SUCCESS) {
  const context = u32[out >>> 2];
  if (ddi.NdisAllocateMemoryWithTag(out, CONTEXT_SIZE, tag) === NDIS_STATUS_SUCCESS) {
    console.log(`two blocks of ${CONTEXT_SIZE} bytes`);
    ddi.NdisFreeMemoryWithTag(u32[out >>> 2], tag);
  }
  ddi.NdisFreeMemory(context, 0, 0);
}
ddi.NdisFreeMemory(out, 0, 0);
