/* The Dpr form is called by a function that also runs below DISPATCH_LEVEL. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static NDIS_SPIN_LOCK Lock;
static ULONG Count;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&Lock);
    NDIS_RAISE_IRQL_TO_DISPATCH(&old);
#ifdef MISTAKE
    NDIS_LOWER_IRQL(old, DISPATCH_LEVEL);
#endif
    NdisDprAcquireSpinLock(&Lock); /* at SPIN-DPR-IRQL */
    Count++;
#ifdef MISTAKE
    NDIS_RAISE_IRQL_TO_DISPATCH(&old);
#endif
    NdisDprReleaseSpinLock(&Lock);
    NDIS_LOWER_IRQL(old, DISPATCH_LEVEL);
    NdisFreeSpinLock(&Lock);
    return STATUS_SUCCESS;
}
