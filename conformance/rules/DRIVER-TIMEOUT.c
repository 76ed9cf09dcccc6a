/* A register of the device is polled until a bit comes on, without an end. */
#include <ndis.h>

#define STATUS_READY 0x80
#define PATIENCE 1000

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static volatile ULONG StatusRegister;
static ULONG Polls;

static BOOLEAN WaitUntilReady(VOID)
{
    ULONG turns = 0;

    while ((StatusRegister & STATUS_READY) == 0) {
        Polls++; /* at DRIVER-TIMEOUT */
#ifndef MISTAKE
        if (++turns == PATIENCE) {
            return FALSE;
        }
#endif
    }
    return turns < PATIENCE;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    if (!WaitUntilReady()) {
        DbgPrint("the device is not ready\n");
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}
