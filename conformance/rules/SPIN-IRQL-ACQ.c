/* A lock that is shared with the interrupt handler is taken there, above DISPATCH_LEVEL. */
#include <ndis.h>

#define DEVICE_IRQL 5

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_SPIN_LOCK EventLock;
static ULONG Events;

static VOID CountEvent(VOID)
{
    NdisAcquireSpinLock(&EventLock); /* at SPIN-IRQL-ACQ */
    Events++;
    NdisReleaseSpinLock(&EventLock);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL irql;

    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&EventLock);
#ifdef MISTAKE
    KeRaiseIrql(DEVICE_IRQL, &irql);
#else
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
#endif
    CountEvent();
    KeLowerIrql(irql);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFreeSpinLock(&EventLock);
}
