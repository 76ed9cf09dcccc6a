/* The driver frees its lock on a path that has not released it. */
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
    NdisFreeSpinLock(&Lock); /* at SPIN-FREEHELD */
    NdisReleaseSpinLock(&Lock);
#else
    NdisReleaseSpinLock(&Lock);
    NdisFreeSpinLock(&Lock);
#endif
    return STATUS_SUCCESS;
}
