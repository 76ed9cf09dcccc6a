/* Read-write locks of NDIS 6: whoever has one may take it again in the same way, with a lock state of its own. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_RW_LOCK_EX lock;
    LOCK_STATE_EX outer, inner;
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    lock = NdisAllocateRWLock(NULL);
    if (lock == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAcquireRWLockRead(lock, &outer, 0);
    NdisAcquireRWLockRead(lock, &inner, NDIS_RWL_AT_DISPATCH_LEVEL);
    DbgPrint("two readers: IRQL %u", NDIS_CURRENT_IRQL());
    NdisReleaseRWLock(lock, &inner);
    DbgPrint(", one %u", NDIS_CURRENT_IRQL());
    NdisReleaseRWLock(lock, &outer);
    DbgPrint(", none %u\n", NDIS_CURRENT_IRQL());

    NdisAcquireRWLockWrite(lock, &outer, 0);
    NdisAcquireRWLockWrite(lock, &inner, 0);
    NdisReleaseRWLock(lock, &inner);
    DbgPrint("writer: IRQL %u", NDIS_CURRENT_IRQL());
    NdisReleaseRWLock(lock, &outer);
    DbgPrint(", none %u\n", NDIS_CURRENT_IRQL());

    NDIS_RAISE_IRQL_TO_DISPATCH(&old);
    NdisAcquireRWLockWrite(lock, &outer, NDIS_RWL_AT_DISPATCH_LEVEL);
    NdisReleaseRWLock(lock, &outer);
    DbgPrint("at dispatch: IRQL %u\n", NDIS_CURRENT_IRQL());
    NDIS_LOWER_IRQL(old, DISPATCH_LEVEL);
    NdisFreeRWLock(lock);
    return STATUS_SUCCESS;
}

/* prints
two readers: IRQL 2, one 2, none 0
writer: IRQL 2, none 0
at dispatch: IRQL 2
*/
