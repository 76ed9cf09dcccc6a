import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;

const lock = ddi.NdisAllocateMemoryWithTagPriority(0, 4, poolTag("docs"), 16);
const kept = ddi.NdisAllocateMemoryWithTagPriority(0, 1, poolTag("docs"), 16);
let count = 0;
const free = (): number => (ddi.KeTestSpinLock(lock) ? 1 : 0);

ddi.KeInitializeSpinLock(lock);
ddi.KeAcquireSpinLock(lock, kept);
count++;
console.log(`IRQL ${ddi.KeGetCurrentIrql()}, before ${memory.u8[kept]}, free ${free()}`);
ddi.KeReleaseSpinLock(lock, memory.u8[kept]);
console.log(`IRQL ${ddi.KeGetCurrentIrql()}, free ${free()}`);

// The same by its other names.
let old = ddi.KeAcquireSpinLockRaiseToDpc(lock);
count++;
ddi.KeReleaseSpinLock(lock, old);
old = ddi.KfAcquireSpinLock(lock);
count++;
ddi.KeReleaseSpinLock(lock, old);
console.log(`counted ${count}`);
ddi.NdisFreeMemory(kept, 0, 0);
ddi.NdisFreeMemory(lock, 0, 0);
