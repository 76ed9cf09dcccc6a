import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);

const lock = ddi.NdisAllocateMemoryWithTagPriority(0, 4, poolTag("docs"), 16);
let done = 0;
let putOff = 0;

// Called at DISPATCH_LEVEL.
function workOrPutOff(): void {
  if (ddi.KeTryToAcquireSpinLockAtDpcLevel(lock)) {
    done++;
    ddi.KeReleaseSpinLockFromDpcLevel(lock);
  } else {
    putOff++;
  }
}

ddi.KeInitializeSpinLock(lock);
const old = ddi.KeRaiseIrqlToDpcLevel();
ddi.KeAcquireSpinLockAtDpcLevel(lock);
workOrPutOff();
ddi.KeReleaseSpinLockFromDpcLevel(lock);
workOrPutOff();
console.log(`IRQL ${ddi.KeGetCurrentIrql()}: ${done} done, ${putOff} put off`);
ddi.KeLowerIrql(old);
ddi.NdisFreeMemory(lock, 0, 0);
