/* Two locks are released in the order in which they were acquired. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static NDIS_SPIN_LOCK Lock;
static NDIS_SPIN_LOCK Inner;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&Lock);
    NdisAllocateSpinLock(&Inner);
    NdisAcquireSpinLock(&Lock);
    NdisAcquireSpinLock(&Inner);
#ifdef MISTAKE
    NdisReleaseSpinLock(&Lock); /* at SPIN-ORDER */
    NdisReleaseSpinLock(&Inner);
#else
    NdisReleaseSpinLock(&Inner);
    NdisReleaseSpinLock(&Lock);
#endif
    NdisFreeSpinLock(&Inner);
    NdisFreeSpinLock(&Lock);
    return STATUS_SUCCESS;
}
