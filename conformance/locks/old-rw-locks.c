/* Read-write locks of NDIS 5.1 to 6.1, in storage of the driver. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static NDIS_RW_LOCK Lock;

static VOID Use(BOOLEAN Write)
{
    LOCK_STATE outer, inner;

    NdisAcquireReadWriteLock(&Lock, Write, &outer);
    DbgPrint("%s: IRQL %u", Write ? "write" : "read", NDIS_CURRENT_IRQL());
    NdisDprAcquireReadWriteLock(&Lock, Write, &inner);
    NdisDprReleaseReadWriteLock(&Lock, &inner);
    DbgPrint(", %u", NDIS_CURRENT_IRQL());
    NdisReleaseReadWriteLock(&Lock, &outer);
    DbgPrint(", %u\n", NDIS_CURRENT_IRQL());
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisInitializeReadWriteLock(&Lock);
    Use(FALSE);
    Use(TRUE);
    return STATUS_SUCCESS;
}

/* prints
read: IRQL 2, 2, 0
write: IRQL 2, 2, 0
*/
