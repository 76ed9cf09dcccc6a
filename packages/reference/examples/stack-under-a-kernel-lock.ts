import { createDdi, Machine, poolTag, SINGLE_LIST_ENTRY } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");

// A buffer is a SINGLE_LIST_ENTRY and a number behind it.
const NUMBER = SINGLE_LIST_ENTRY.size;
const free = ddi.NdisAllocateMemoryWithTagPriority(0, SINGLE_LIST_ENTRY.size, tag, 16);
ddi.NdisZeroMemory(free, SINGLE_LIST_ENTRY.size); // and so empty
const lock = ddi.NdisAllocateMemoryWithTagPriority(0, 4, tag, 16);
const buffers = [1, 2].map((number) => {
  const buffer = ddi.NdisAllocateMemoryWithTagPriority(0, NUMBER + 4, tag, 16);
  memory.u32[(buffer + NUMBER) >>> 2] = number;
  return buffer;
});

ddi.KeInitializeSpinLock(lock);
for (const buffer of buffers) ddi.ExInterlockedPushEntryList(free, buffer, lock);
for (;;) {
  const link = ddi.ExInterlockedPopEntryList(free, lock);
  if (link === 0) break;
  console.log(`buffer ${memory.u32[(link + NUMBER) >>> 2]}`);
}
for (const block of [...buffers, lock, free]) ddi.NdisFreeMemory(block, 0, 0);
