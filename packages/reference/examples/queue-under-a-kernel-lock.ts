import { createDdi, LIST_ENTRY, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");

// A request is a LIST_ENTRY and a number behind it.
const NUMBER = LIST_ENTRY.size;
const queue = ddi.NdisAllocateMemoryWithTagPriority(0, LIST_ENTRY.size, tag, 16);
const lock = ddi.NdisAllocateMemoryWithTagPriority(0, 4, tag, 16);
const requests = [1, 2, 3].map((number) => {
  const request = ddi.NdisAllocateMemoryWithTagPriority(0, NUMBER + 4, tag, 16);
  memory.u32[(request + NUMBER) >>> 2] = number;
  return request;
});

ddi.NdisInitializeListHead(queue);
ddi.KeInitializeSpinLock(lock);
if (ddi.ExInterlockedInsertTailList(queue, requests[0], lock) === 0) console.log("the first: start work");
ddi.ExInterlockedInsertTailList(queue, requests[1], lock);
ddi.ExInterlockedInsertHeadList(queue, requests[2], lock); // urgent
for (;;) {
  const link = ddi.ExInterlockedRemoveHeadList(queue, lock);
  if (link === 0) break;
  console.log(`request ${memory.u32[(link + NUMBER) >>> 2]}`);
}
for (const block of [...requests, lock, queue]) ddi.NdisFreeMemory(block, 0, 0);
