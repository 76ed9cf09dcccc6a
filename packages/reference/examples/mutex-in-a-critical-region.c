#include <ndis.h>

static FAST_MUTEX Mutex;
static ULONG Opens;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    ExInitializeFastMutex(&Mutex);
    KeEnterCriticalRegion();
    ExAcquireFastMutexUnsafe(&Mutex);
    Opens++;
    DbgPrint("inside: IRQL %u, APCs disabled %u\n", KeGetCurrentIrql(), KeAreApcsDisabled());
    ExReleaseFastMutexUnsafe(&Mutex);
    KeLeaveCriticalRegion();
    DbgPrint("outside: APCs disabled %u, %u open\n", KeAreApcsDisabled(), Opens);
    return STATUS_SUCCESS;
}
