/* Paged memory is allocated under a spin lock. */
#include <ndis.h>

#define NAME_TAG 'emaN'

DRIVER_INITIALIZE DriverEntry;

static NDIS_SPIN_LOCK Lock;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    POOL_TYPE type = NonPagedPoolNx;
    PVOID name;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

#ifdef MISTAKE
    type = PagedPool;
#endif
    NdisAllocateSpinLock(&Lock);
    NdisAcquireSpinLock(&Lock);
    name = ExAllocatePoolWithTag(type, 64, NAME_TAG); /* at MEM-IRQL */
    NdisReleaseSpinLock(&Lock);
    if (name != NULL) {
        ExFreePoolWithTag(name, NAME_TAG);
    }
    NdisFreeSpinLock(&Lock);
    return STATUS_SUCCESS;
}
