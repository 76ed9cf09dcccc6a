#include <ndis.h>

static NDIS_SPIN_LOCK Lock;
static ULONG Frames;

/* Called at DISPATCH_LEVEL only, as a DPC is. */
static VOID CountFrame(VOID)
{
    NdisDprAcquireSpinLock(&Lock);
    Frames++;
    NdisDprReleaseSpinLock(&Lock);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&Lock);
    NDIS_RAISE_IRQL_TO_DISPATCH(&old);
    CountFrame();
    DbgPrint("IRQL %u, %u frame\n", NDIS_CURRENT_IRQL(), Frames);
    NDIS_LOWER_IRQL(old, DISPATCH_LEVEL);
    DbgPrint("IRQL %u\n", NDIS_CURRENT_IRQL());
    NdisFreeSpinLock(&Lock);
    return STATUS_SUCCESS;
}
