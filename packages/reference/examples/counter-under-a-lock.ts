import { createDdi, Machine, NDIS_SPIN_LOCK, poolTag, readField } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;

const lock = ddi.NdisAllocateMemoryWithTagPriority(0, NDIS_SPIN_LOCK.size, poolTag("docs"), 16);
let frames = 0;
ddi.NdisAllocateSpinLock(lock);
console.log(`IRQL ${ddi.KeGetCurrentIrql()} before`);
ddi.NdisAcquireSpinLock(lock);
const kept = readField(memory, NDIS_SPIN_LOCK, lock, "OldIrql");
console.log(`IRQL ${ddi.KeGetCurrentIrql()} with the lock, ${kept} kept in it`);
frames++;
ddi.NdisReleaseSpinLock(lock);
console.log(`IRQL ${ddi.KeGetCurrentIrql()} after, ${frames} frame`);
ddi.NdisFreeSpinLock(lock);
ddi.NdisFreeMemory(lock, 0, 0);
