/* Memory is allocated where the device's interrupt handler runs. */
#include <ndis.h>

#define EVENT_TAG 'tnvE'
#define DEVICE_IRQL 5

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PVOID Event;

static VOID OnInterrupt(VOID)
{
    Event = ExAllocatePoolWithTag(NonPagedPoolNx, 128, EVENT_TAG); /* at MEM-IRQL */
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL irql;

    UNREFERENCED_PARAMETER(RegistryPath);

#ifdef MISTAKE
    KeRaiseIrql(DEVICE_IRQL, &irql);
#else
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
#endif
    OnInterrupt();
    KeLowerIrql(irql);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Event != NULL) {
        ExFreePoolWithTag(Event, EVENT_TAG);
    }
}
