/* A flag says that the caller is at DISPATCH_LEVEL, and it is not. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;


NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_RW_LOCK_EX lock;
    LOCK_STATE_EX state;
    UCHAR flags = 0;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    lock = NdisAllocateRWLock(NULL);
    if (lock == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
#ifdef MISTAKE
    flags = NDIS_RWL_AT_DISPATCH_LEVEL;
#endif
    NdisAcquireRWLockRead(lock, &state, flags); /* at SPIN-DPR-IRQL */
    NdisReleaseRWLock(lock, &state);
    NdisFreeRWLock(lock);
    return STATUS_SUCCESS;
}
