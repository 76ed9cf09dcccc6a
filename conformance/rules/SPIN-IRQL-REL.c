/* A lock is released before the IRQL that was raised inside of it is lowered. */
#include <ndis.h>

#define DEVICE_IRQL 5

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_SPIN_LOCK DeviceLock;
static ULONG DeviceState;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL irql;

    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&DeviceLock);
    NdisAcquireSpinLock(&DeviceLock);
    KeRaiseIrql(DEVICE_IRQL, &irql);
    DeviceState++;
#ifdef MISTAKE
    NdisReleaseSpinLock(&DeviceLock); /* at SPIN-IRQL-REL */
#else
    KeLowerIrql(irql);
    NdisReleaseSpinLock(&DeviceLock);
#endif
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFreeSpinLock(&DeviceLock);
}
