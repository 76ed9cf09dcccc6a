/* The average of no packets is taken: a division by zero. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static volatile LONG Packets;
static volatile LONG Bytes;

static LONG AverageSize(VOID)
{
    LONG packets = Packets;

#ifndef MISTAKE
    if (packets == 0) {
        return 0;
    }
#endif
    return Bytes / packets; /* at DRIVER-TRAP */
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    DbgPrint("%d bytes a packet\n", AverageSize());
}
