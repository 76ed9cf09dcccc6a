import { createDdi, FAST_MUTEX, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);

// A KGUARDED_MUTEX is a FAST_MUTEX by another name.
const mutex = ddi.NdisAllocateMemoryWithTagPriority(0, FAST_MUTEX.size, poolTag("docs"), 16);
let requests = 0;

ddi.KeInitializeGuardedMutex(mutex);
ddi.KeAcquireGuardedMutex(mutex);
requests++;
console.log(`IRQL ${ddi.KeGetCurrentIrql()}, taken again ${ddi.KeTryToAcquireGuardedMutex(mutex) ? 1 : 0}`);
ddi.KeReleaseGuardedMutex(mutex);

// One region around several steps; the mutex enters another within.
ddi.KeEnterGuardedRegion();
if (ddi.KeTryToAcquireGuardedMutex(mutex)) {
  requests++;
  ddi.KeReleaseGuardedMutex(mutex);
}
console.log(`${requests} requests, still in a region: ${ddi.KeAreApcsDisabled() ? 1 : 0}`);
ddi.KeLeaveGuardedRegion();
ddi.NdisFreeMemory(mutex, 0, 0);
