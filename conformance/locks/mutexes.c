/* Mutexes and regions, for a driver that runs on one thread. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static FAST_MUTEX Fast;
static KGUARDED_MUTEX Guarded;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    ExInitializeFastMutex(&Fast);
    ExAcquireFastMutex(&Fast);
    DbgPrint("fast: IRQL %u, again %u", KeGetCurrentIrql(), ExTryToAcquireFastMutex(&Fast));
    ExReleaseFastMutex(&Fast);
    DbgPrint(", IRQL %u, again %u", KeGetCurrentIrql(), ExTryToAcquireFastMutex(&Fast));
    ExReleaseFastMutex(&Fast);
    DbgPrint("\n");

    KeEnterCriticalRegion();
    ExAcquireFastMutexUnsafe(&Fast);
    DbgPrint("unsafe: IRQL %u, APCs off %u\n", KeGetCurrentIrql(), KeAreApcsDisabled());
    ExReleaseFastMutexUnsafe(&Fast);
    KeEnterCriticalRegion();
    KeLeaveCriticalRegion();
    DbgPrint("region in a region: APCs off %u", KeAreApcsDisabled());
    KeLeaveCriticalRegion();
    DbgPrint(", %u\n", KeAreApcsDisabled());

    KeInitializeGuardedMutex(&Guarded);
    KeAcquireGuardedMutex(&Guarded);
    DbgPrint("guarded: IRQL %u, APCs off %u, again %u\n", KeGetCurrentIrql(), KeAreApcsDisabled(),
             KeTryToAcquireGuardedMutex(&Guarded));
    KeReleaseGuardedMutex(&Guarded);
    KeEnterGuardedRegion();
    DbgPrint("guarded region: APCs off %u", KeAreApcsDisabled());
    KeLeaveGuardedRegion();
    DbgPrint(", %u\n", KeAreApcsDisabled());
    return STATUS_SUCCESS;
}

/* prints
fast: IRQL 1, again 0, IRQL 0, again 1
unsafe: IRQL 0, APCs off 1
region in a region: APCs off 1, 0
guarded: IRQL 0, APCs off 1, again 0
guarded region: APCs off 1, 0
*/
