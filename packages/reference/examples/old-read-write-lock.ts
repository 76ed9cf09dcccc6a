import { createDdi, IRQL, LOCK_STATE, Machine, NDIS_RW_LOCK, NDIS_RW_LOCK_REFCOUNT, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;

const lock = ddi.NdisAllocateMemoryWithTagPriority(0, NDIS_RW_LOCK.size, poolTag("docs"), 16);
const state = ddi.NdisAllocateMemoryWithTagPriority(0, LOCK_STATE.size, poolTag("docs"), 16);
const old = ddi.NdisAllocateMemoryWithTagPriority(0, 1, poolTag("docs"), 16);
let generation = 0;

// Called at DISPATCH_LEVEL only.
function readAtDispatch(): number {
  ddi.NdisDprAcquireReadWriteLock(lock, 0, state);
  const read = generation;
  ddi.NdisDprReleaseReadWriteLock(lock, state);
  return read;
}

ddi.NdisInitializeReadWriteLock(lock);
ddi.NdisAcquireReadWriteLock(lock, 1, state);
generation++;
console.log(`written at IRQL ${ddi.KeGetCurrentIrql()}`);
ddi.NdisReleaseReadWriteLock(lock, state);

ddi.NDIS_RAISE_IRQL_TO_DISPATCH(old);
console.log(`read: ${readAtDispatch()}`);
ddi.NDIS_LOWER_IRQL(memory.u8[old], IRQL.DISPATCH_LEVEL);
console.log(`${NDIS_RW_LOCK.size} bytes, ${NDIS_RW_LOCK_REFCOUNT.size} for each processor`);
for (const block of [old, state, lock]) ddi.NdisFreeMemory(block, 0, 0);
