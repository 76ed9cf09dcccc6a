import { createDdi, Machine, NPAGED_LOOKASIDE_LIST, poolTag, SINGLE_LIST_ENTRY, SLIST_HEADER } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");

const waiting = ddi.NdisAllocateMemoryWithTagPriority(0, SLIST_HEADER.size, tag, 16);
const storage = ddi.NdisAllocateMemoryWithTagPriority(0, NPAGED_LOOKASIDE_LIST.size, tag, 16);
// An entry is a link and a number behind it.
const NUMBER = SINGLE_LIST_ENTRY.size;

ddi.NdisInitializeNPagedLookasideList(storage, 0, 0, 0, NUMBER + 4, tag, 0);
ddi.NdisInitializeSListHead(waiting);
for (let number = 1; number <= 3; number++) {
  const entry = ddi.NdisAllocateFromNPagedLookasideList(storage);
  memory.u32[(entry + NUMBER) >>> 2] = number;
  ddi.NdisInterlockedPushEntrySList(waiting, entry, 0);
}
console.log(`${ddi.NdisQueryDepthSList(waiting)} waiting`);
for (;;) {
  const entry = ddi.NdisInterlockedPopEntrySList(waiting, 0);
  if (entry === 0) break;
  console.log(`number ${memory.u32[(entry + NUMBER) >>> 2]}`);
  ddi.NdisFreeToNPagedLookasideList(storage, entry);
}
ddi.NdisDeleteNPagedLookasideList(storage);
ddi.NdisFreeMemory(storage, 0, 0);
ddi.NdisFreeMemory(waiting, 0, 0);
