/* Each opening of the device initialises the lock of all. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static NDIS_SPIN_LOCK Lock;
static ULONG Opens;

static VOID Open(VOID)
{
#ifndef MISTAKE
    if (Opens == 0)
#endif
    NdisAllocateSpinLock(&Lock); /* at SPIN-REINIT */
    Opens++;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    Open();
    Open();
    NdisFreeSpinLock(&Lock);
    return STATUS_SUCCESS;
}
