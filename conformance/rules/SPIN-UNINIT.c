/* A lock is used after the driver has freed it. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static NDIS_SPIN_LOCK Lock;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&Lock);
    NdisFreeSpinLock(&Lock);
#ifndef MISTAKE
    NdisAllocateSpinLock(&Lock);
#endif
    NdisAcquireSpinLock(&Lock); /* at SPIN-UNINIT */
    NdisReleaseSpinLock(&Lock);
    NdisFreeSpinLock(&Lock);
    return STATUS_SUCCESS;
}
