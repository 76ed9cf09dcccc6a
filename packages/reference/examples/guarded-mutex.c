#include <ndis.h>

static KGUARDED_MUTEX Mutex;
static ULONG Requests;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeInitializeGuardedMutex(&Mutex);
    KeAcquireGuardedMutex(&Mutex);
    Requests++;
    DbgPrint("IRQL %u, taken again %u\n", KeGetCurrentIrql(), KeTryToAcquireGuardedMutex(&Mutex));
    KeReleaseGuardedMutex(&Mutex);

    /* One region around several steps; the mutex enters another within. */
    KeEnterGuardedRegion();
    if (KeTryToAcquireGuardedMutex(&Mutex)) {
        Requests++;
        KeReleaseGuardedMutex(&Mutex);
    }
    DbgPrint("%u requests, still in a region: %u\n", Requests, KeAreApcsDisabled());
    KeLeaveGuardedRegion();
    return STATUS_SUCCESS;
}
