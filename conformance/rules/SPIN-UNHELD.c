/* A lock is released on the way out of a function that has released it on an earlier line. */
#include <ndis.h>

#define SLOTS 8

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_SPIN_LOCK TableLock;
static ULONG Table[SLOTS];

static BOOLEAN InsertKey(ULONG Key)
{
    BOOLEAN inserted = FALSE;
    ULONG i;

    NdisAcquireSpinLock(&TableLock);
    for (i = 0; i < SLOTS; i++) {
        if (Table[i] == 0) {
            Table[i] = Key;
            inserted = TRUE;
#ifdef MISTAKE
            NdisReleaseSpinLock(&TableLock);
#endif
            break;
        }
    }
    NdisReleaseSpinLock(&TableLock); /* at SPIN-UNHELD */
    return inserted;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&TableLock);
    InsertKey(17);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFreeSpinLock(&TableLock);
}
