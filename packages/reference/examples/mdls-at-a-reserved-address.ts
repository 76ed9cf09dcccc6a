import { createDdi, LOCK_OPERATION, Machine, MEMORY_CACHING_TYPE, PAGE, POOL_TYPE, poolTag } from "ndislab";

const TAG = poolTag("docs");
const { MmCached } = MEMORY_CACHING_TYPE.values;
const machine = new Machine();
const ddi = createDdi(machine);
const { u8 } = machine.memory;

// reserved early, so that later nothing can fail
const range = ddi.MmAllocateMappingAddress(2 * PAGE.PAGE_SIZE, TAG);
const buffer = ddi.ExAllocatePoolWithTag(POOL_TYPE.values.PagedPool, 100, TAG);
const mdl = ddi.IoAllocateMdl(buffer, 100, 0, 0, 0);
u8[buffer] = 0x42;
ddi.MmProbeAndLockPages(mdl, 0, LOCK_OPERATION.values.IoReadAccess);

const data = ddi.MmMapLockedPagesWithReservedMapping(range, TAG, mdl, MmCached);
console.log(`mapped: ${u8[data].toString(16)}`);
const second = ddi.MmMapLockedPagesWithReservedMapping(range, TAG, mdl, MmCached);
console.log(`a second MDL there: ${second === 0 ? "NULL" : "mapped"}`);
ddi.MmUnmapReservedMapping(range, TAG, mdl);

ddi.MmUnlockPages(mdl);
ddi.IoFreeMdl(mdl);
ddi.ExFreePoolWithTag(buffer, TAG);
ddi.MmFreeMappingAddress(range, TAG);
