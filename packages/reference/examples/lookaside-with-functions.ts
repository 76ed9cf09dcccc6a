import { createDdi, LOOKASIDE_LIST_EX, Machine, POOL_TYPE, poolTag } from "ndislab";

const ENTRY_SIZE = 256;
const machine = new Machine();
const ddi = createDdi(machine);
const tag = poolTag("docs");
let made = 0;

const allocateEntry = machine.callbacks.register((type, size, entryTag, _list) => {
  made++;
  return ddi.ExAllocatePoolZero(type, size, entryTag);
});
const freeEntry = machine.callbacks.register((entry, _list) => {
  made--;
  ddi.ExFreePoolWithTag(entry, tag);
  return 0;
});
const list = ddi.NdisAllocateMemoryWithTagPriority(0, LOOKASIDE_LIST_EX.size, tag, 16);
ddi.ExInitializeLookasideListEx(list, allocateEntry, freeEntry, POOL_TYPE.values.NonPagedPoolNx, 0, ENTRY_SIZE, tag, 0);

const a = ddi.ExAllocateFromLookasideListEx(list);
const b = ddi.ExAllocateFromLookasideListEx(list);
ddi.ExFreeToLookasideListEx(list, a);
console.log(`${made} made, one of them free`);
ddi.ExFlushLookasideListEx(list); // the free one goes, the list stays
console.log(`${made} after the flush`);
ddi.ExFreeToLookasideListEx(list, b);
ddi.ExDeleteLookasideListEx(list);
console.log(`${made} at the end`);
ddi.NdisFreeMemory(list, 0, 0);
