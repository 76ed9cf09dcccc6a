#include <ndis.h>

static NDIS_SPIN_LOCK Lock;
static ULONG Frames;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&Lock);
    DbgPrint("IRQL %u before\n", KeGetCurrentIrql());
    NdisAcquireSpinLock(&Lock);
    DbgPrint("IRQL %u with the lock, %u kept in it\n", KeGetCurrentIrql(), Lock.OldIrql);
    Frames++;
    NdisReleaseSpinLock(&Lock);
    DbgPrint("IRQL %u after, %u frame\n", KeGetCurrentIrql(), Frames);
    NdisFreeSpinLock(&Lock);
    return STATUS_SUCCESS;
}
