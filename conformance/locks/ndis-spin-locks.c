/* NDIS spin locks raise the IRQL and put it back; the Dpr forms leave it alone. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static NDIS_SPIN_LOCK Outer;
static NDIS_SPIN_LOCK Inner;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&Outer);
    NdisAllocateSpinLock(&Inner);
    DbgPrint("IRQL %u", NDIS_CURRENT_IRQL());
    NdisAcquireSpinLock(&Outer);
    DbgPrint(", outer %u, OldIrql %u", NDIS_CURRENT_IRQL(), Outer.OldIrql);
    NdisDprAcquireSpinLock(&Inner);
    DbgPrint(", inner %u", NDIS_CURRENT_IRQL());
    NdisDprReleaseSpinLock(&Inner);
    DbgPrint(", outer %u", NDIS_CURRENT_IRQL());
    NdisAcquireSpinLock(&Inner);
    NdisReleaseSpinLock(&Inner);
    DbgPrint(", again %u", NDIS_CURRENT_IRQL());
    NdisReleaseSpinLock(&Outer);
    DbgPrint(", free %u\n", NDIS_CURRENT_IRQL());

    NdisFreeSpinLock(&Inner);
    NdisAllocateSpinLock(&Inner);
    NDIS_ACQUIRE_SPIN_LOCK(&Inner, FALSE);
    NDIS_RELEASE_SPIN_LOCK(&Inner, FALSE);
    NdisFreeSpinLock(&Inner);
    NdisFreeSpinLock(&Outer);
    return STATUS_SUCCESS;
}

/* prints
IRQL 0, outer 2, OldIrql 0, inner 2, outer 2, again 2, free 0
*/
