import { createDdi, LOCK_OPERATION, Machine, Ndis, PAGE, POOL_TYPE, poolTag } from "ndislab";

const BUFFER_SIZE = 6000;
const PART_SIZE = 2000;
const machine = new Machine();
const ddi = createDdi(machine);
const { u8 } = machine.memory;

const buffer = ddi.ExAllocatePoolWithTag(POOL_TYPE.values.PagedPool, BUFFER_SIZE, poolTag("docs"));
const whole = ddi.IoAllocateMdl(buffer, BUFFER_SIZE, 0, 0, 0);
const part = ddi.IoAllocateMdl(buffer, PART_SIZE + PAGE.PAGE_SIZE, 0, 0, 0); // enough wherever the part starts
for (let offset = 0; offset < BUFFER_SIZE; offset += PART_SIZE) u8[buffer + offset] = offset / PART_SIZE + 1;

ddi.MmProbeAndLockPages(whole, 0, LOCK_OPERATION.values.IoReadAccess);
for (let offset = 0; offset < BUFFER_SIZE; offset += PART_SIZE) {
  ddi.IoBuildPartialMdl(whole, part, buffer + offset, PART_SIZE);
  const data = ddi.MmGetSystemAddressForMdlSafe(part, 16);
  console.log(`part ${u8[data]}: ${ddi.MmGetMdlByteCount(part)} bytes`);
  ddi.MmPrepareMdlForReuse(part);
}
ddi.MmUnlockPages(whole);
ddi.IoFreeMdl(part);
ddi.IoFreeMdl(whole);
ddi.ExFreePoolWithTag(buffer, poolTag("docs"));

// The same with objects.
const ndis = new Ndis();
const all = ndis.allocateMdl(ndis.allocateMemory(BUFFER_SIZE));
const first = all.part(0, PART_SIZE);
first.data[0] = 1;
first.free();
all.free();
