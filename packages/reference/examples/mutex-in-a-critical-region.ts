import { createDdi, FAST_MUTEX, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);

const mutex = ddi.NdisAllocateMemoryWithTagPriority(0, FAST_MUTEX.size, poolTag("docs"), 16);
const disabled = (): number => (ddi.KeAreApcsDisabled() ? 1 : 0);
let opens = 0;

ddi.ExInitializeFastMutex(mutex);
ddi.KeEnterCriticalRegion();
ddi.ExAcquireFastMutexUnsafe(mutex);
opens++;
console.log(`inside: IRQL ${ddi.KeGetCurrentIrql()}, APCs disabled ${disabled()}`);
ddi.ExReleaseFastMutexUnsafe(mutex);
ddi.KeLeaveCriticalRegion();
console.log(`outside: APCs disabled ${disabled()}, ${opens} open`);
ddi.NdisFreeMemory(mutex, 0, 0);
