import { createDdi, LIST_ENTRY, Machine, NDIS_SPIN_LOCK, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");

// A request is a LIST_ENTRY and a number behind it.
const NUMBER = LIST_ENTRY.size;
const queue = ddi.NdisAllocateMemoryWithTagPriority(0, LIST_ENTRY.size, tag, 16);
const lock = ddi.NdisAllocateMemoryWithTagPriority(0, NDIS_SPIN_LOCK.size, tag, 16);
const requests = [1, 2, 3].map((number) => {
  const request = ddi.NdisAllocateMemoryWithTagPriority(0, NUMBER + 4, tag, 16);
  memory.u32[(request + NUMBER) >>> 2] = number;
  return request;
});

ddi.NdisInitializeListHead(queue);
ddi.NdisAllocateSpinLock(lock);
if (ddi.NdisInterlockedInsertTailList(queue, requests[0], lock) === 0) console.log("the first: start work");
ddi.NdisInterlockedInsertTailList(queue, requests[1], lock);
ddi.NdisInterlockedInsertHeadList(queue, requests[2], lock); // urgent
for (;;) {
  const link = ddi.NdisInterlockedRemoveHeadList(queue, lock);
  if (link === 0) break;
  console.log(`request ${memory.u32[(link + NUMBER) >>> 2]}`);
}
ddi.NdisFreeSpinLock(lock);
for (const block of [...requests, lock, queue]) ddi.NdisFreeMemory(block, 0, 0);
