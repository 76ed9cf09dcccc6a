/* Two holds of a read-write lock, and one lock state for both. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;


NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_RW_LOCK_EX lock;
    LOCK_STATE_EX state;
#ifdef MISTAKE
    LOCK_STATE_EX stale;
#endif

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    lock = NdisAllocateRWLock(NULL);
    if (lock == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAcquireRWLockRead(lock, &state, 0);
#ifdef MISTAKE
    NdisReleaseRWLock(lock, &stale); /* at SPIN-MIX */
#else
    NdisReleaseRWLock(lock, &state);
#endif
    NdisFreeRWLock(lock);
    return STATUS_SUCCESS;
}
