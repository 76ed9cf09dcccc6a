import { createDdi, KLOCK_QUEUE_HANDLE, Machine, poolTag, readField } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;

const lock = ddi.NdisAllocateMemoryWithTagPriority(0, 4, poolTag("docs"), 16);
const handle = ddi.NdisAllocateMemoryWithTagPriority(0, KLOCK_QUEUE_HANDLE.size, poolTag("docs"), 16);
let frames = 0;

// Called at DISPATCH_LEVEL.
function countFrame(): void {
  ddi.KeAcquireInStackQueuedSpinLockAtDpcLevel(lock, handle);
  frames++;
  ddi.KeReleaseInStackQueuedSpinLockFromDpcLevel(handle);
}

ddi.KeInitializeSpinLock(lock);
ddi.KeAcquireInStackQueuedSpinLock(lock, handle);
frames++;
const kept = readField(memory, KLOCK_QUEUE_HANDLE, handle, "OldIrql");
const knows = readField(memory, KLOCK_QUEUE_HANDLE, handle, "LockQueue.Lock") === lock;
console.log(`IRQL ${ddi.KeGetCurrentIrql()}, ${kept} kept; the handle knows the lock: ${knows ? "yes" : "no"}`);
ddi.KeReleaseInStackQueuedSpinLock(handle);

const old = ddi.KeRaiseIrqlToDpcLevel();
countFrame();
ddi.KeLowerIrql(old);
console.log(`IRQL ${ddi.KeGetCurrentIrql()}, ${frames} frames`);
ddi.NdisFreeMemory(handle, 0, 0);
ddi.NdisFreeMemory(lock, 0, 0);
