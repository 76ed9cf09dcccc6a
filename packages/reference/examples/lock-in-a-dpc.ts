import { createDdi, IRQL, Machine, NDIS_SPIN_LOCK, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;

const lock = ddi.NdisAllocateMemoryWithTagPriority(0, NDIS_SPIN_LOCK.size, poolTag("docs"), 16);
const old = ddi.NdisAllocateMemoryWithTagPriority(0, 1, poolTag("docs"), 16);
let frames = 0;

// Called at DISPATCH_LEVEL only, as a DPC is.
function countFrame(): void {
  ddi.NdisDprAcquireSpinLock(lock);
  frames++;
  ddi.NdisDprReleaseSpinLock(lock);
}

ddi.NdisAllocateSpinLock(lock);
ddi.NDIS_RAISE_IRQL_TO_DISPATCH(old);
countFrame();
console.log(`IRQL ${ddi.NDIS_CURRENT_IRQL()}, ${frames} frame`);
ddi.NDIS_LOWER_IRQL(memory.u8[old], IRQL.DISPATCH_LEVEL);
console.log(`IRQL ${ddi.NDIS_CURRENT_IRQL()}`);
ddi.NdisFreeSpinLock(lock);
ddi.NdisFreeMemory(old, 0, 0);
ddi.NdisFreeMemory(lock, 0, 0);
