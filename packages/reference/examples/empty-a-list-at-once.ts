import { createDdi, Machine, poolTag, SINGLE_LIST_ENTRY, SLIST_HEADER } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");

// An item is a SINGLE_LIST_ENTRY and a number behind it.
const NUMBER = SINGLE_LIST_ENTRY.size;
const numberOf = (item: number): number => memory.u32[(item + NUMBER) >>> 2];
const done = ddi.NdisAllocateMemoryWithTagPriority(0, SLIST_HEADER.size, tag, 16);
const items = [1, 2, 3].map((number) => {
  const item = ddi.NdisAllocateMemoryWithTagPriority(0, NUMBER + 4, tag, 16);
  memory.u32[(item + NUMBER) >>> 2] = number;
  return item;
});

ddi.NdisInitializeSListHead(done);
for (const item of items) ddi.ExInterlockedPushEntrySList(done, item, 0);
console.log(`popped ${numberOf(ddi.ExInterlockedPopEntrySList(done, 0))}`);
for (let item = ddi.ExInterlockedFlushSList(done); item !== 0; item = memory.u32[item >>> 2])
  console.log(`flushed ${numberOf(item)}`);
console.log(`nothing left: ${ddi.NdisInterlockedFlushSList(done) === 0 ? "yes" : "no"}`);
for (const block of [...items, done]) ddi.NdisFreeMemory(block, 0, 0);
