/* What NdisAcquireSpinLock took is released by the Dpr form: the IRQL stays up. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static NDIS_SPIN_LOCK Lock;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&Lock);
    NdisAcquireSpinLock(&Lock);
#ifdef MISTAKE
    NdisDprReleaseSpinLock(&Lock); /* at SPIN-MIX */
#else
    NdisReleaseSpinLock(&Lock);
#endif
    NdisFreeSpinLock(&Lock);
    return STATUS_SUCCESS;
}
