/* A reader finds that it has to write, and asks for the lock again. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;


NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_RW_LOCK_EX lock;
    LOCK_STATE_EX reader, writer;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    lock = NdisAllocateRWLock(NULL);
    if (lock == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAcquireRWLockRead(lock, &reader, 0);
#ifndef MISTAKE
    NdisReleaseRWLock(lock, &reader);
#endif
    NdisAcquireRWLockWrite(lock, &writer, 0); /* at SPIN-RECUR */
    NdisReleaseRWLock(lock, &writer);
#ifdef MISTAKE
    NdisReleaseRWLock(lock, &reader);
#endif
    NdisFreeRWLock(lock);
    return STATUS_SUCCESS;
}
