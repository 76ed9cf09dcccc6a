import { createDdi, LOCK_OPERATION, Machine, MDL, MEMORY_CACHING_TYPE, POOL_TYPE, poolTag, readField } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u8 } = machine.memory;

const buffer = ddi.ExAllocatePoolWithTag(POOL_TYPE.values.PagedPool, 100, poolTag("docs"));
const mdl = ddi.IoAllocateMdl(buffer, 100, 0, 0, 0);
const flags = (): string => `0x${readField(machine.memory, MDL, mdl, "MdlFlags").toString(16).padStart(4, "0")}`;

u8[buffer] = 0x42;
ddi.MmProbeAndLockPages(mdl, 0, LOCK_OPERATION.values.IoModifyAccess);
console.log(`locked: ${flags()}`);
let data = ddi.MmMapLockedPagesSpecifyCache(mdl, 0, MEMORY_CACHING_TYPE.values.MmCached, 0, 0, 16);
console.log(`mapped: ${flags()}, ${u8[data].toString(16)}`);
ddi.MmUnmapLockedPages(data, mdl);
console.log(`unmapped: ${flags()}`);
// the old forms: on Windows the machine stops when they fail
data = ddi.MmMapLockedPages(mdl, 0);
const same = ddi.MmGetSystemAddressForMdl(mdl) === data;
console.log(`mapped again: ${u8[data].toString(16)}, by the macro: ${same ? "the same" : "another"}`);
ddi.MmUnlockPages(mdl);
console.log(`unlocked, and with that unmapped: ${flags()}`);
ddi.IoFreeMdl(mdl);
ddi.ExFreePoolWithTag(buffer, poolTag("docs"));
