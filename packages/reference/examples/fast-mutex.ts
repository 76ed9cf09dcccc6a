import { createDdi, FAST_MUTEX, Machine, poolTag, readField } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;

const mutex = ddi.NdisAllocateMemoryWithTagPriority(0, FAST_MUTEX.size, poolTag("docs"), 16);
let adapters = 0;

ddi.ExInitializeFastMutex(mutex);
ddi.ExAcquireFastMutex(mutex);
adapters++;
console.log(`IRQL ${ddi.KeGetCurrentIrql()}, ${readField(memory, FAST_MUTEX, mutex, "OldIrql")} kept`);
console.log(`taken again: ${ddi.ExTryToAcquireFastMutex(mutex) ? 1 : 0}`);
ddi.ExReleaseFastMutex(mutex);

if (ddi.ExTryToAcquireFastMutex(mutex)) {
  adapters++;
  ddi.ExReleaseFastMutex(mutex);
}
console.log(`IRQL ${ddi.KeGetCurrentIrql()}, ${adapters} adapters`);
ddi.NdisFreeMemory(mutex, 0, 0);
