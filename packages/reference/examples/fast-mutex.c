#include <ndis.h>

static FAST_MUTEX Mutex;
static ULONG Adapters;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    ExInitializeFastMutex(&Mutex);
    ExAcquireFastMutex(&Mutex);
    Adapters++;
    DbgPrint("IRQL %u, %u kept\n", KeGetCurrentIrql(), Mutex.OldIrql);
    DbgPrint("taken again: %u\n", ExTryToAcquireFastMutex(&Mutex));
    ExReleaseFastMutex(&Mutex);

    if (ExTryToAcquireFastMutex(&Mutex)) {
        Adapters++;
        ExReleaseFastMutex(&Mutex);
    }
    DbgPrint("IRQL %u, %u adapters\n", KeGetCurrentIrql(), Adapters);
    return STATUS_SUCCESS;
}
