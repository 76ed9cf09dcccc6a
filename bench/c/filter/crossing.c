/* A driver for the price of a call from the host to C, and of one from C to the host. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Nothing;
DRIVER_UNLOAD ThousandCalls;

VOID Nothing(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

VOID ThousandCalls(PDRIVER_OBJECT DriverObject)
{
    int i;

    for (i = 0; i < 1000; i++) {
        NdisAdjustNetBufferCurrentMdl((PNET_BUFFER)DriverObject);
    }
}

/* The second pointer is for whoever loads the driver. */
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = Nothing;
    DriverObject->DriverExtension = (PVOID)ThousandCalls;
    return STATUS_SUCCESS;
}
