import { createDdi, Machine, NPAGED_LOOKASIDE_LIST, poolTag } from "ndislab";

const ENTRY_SIZE = 64;
const POOL_NX_ALLOCATION = 512;
const machine = new Machine();
const ddi = createDdi(machine);
const tag = poolTag("docs");

const list = ddi.NdisAllocateMemoryWithTagPriority(0, NPAGED_LOOKASIDE_LIST.size, tag, 16);
ddi.ExInitializeNPagedLookasideList(list, 0, 0, POOL_NX_ALLOCATION, ENTRY_SIZE, tag, 0);
const first = ddi.ExAllocateFromNPagedLookasideList(list);
ddi.ExFreeToNPagedLookasideList(list, first);
const second = ddi.ExAllocateFromNPagedLookasideList(list); // cannot fail: the list keeps one
console.log(second === first ? "the same entry again" : "another entry");
ddi.ExFreeToNPagedLookasideList(list, second);
ddi.ExDeleteNPagedLookasideList(list);
ddi.NdisFreeMemory(list, 0, 0);
