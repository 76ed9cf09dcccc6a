/* A handler that is optional is called without a look at whether there is one. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

typedef VOID NOTIFY(ULONG Event);

typedef struct _CLIENT {
    ULONG Events;
    NOTIFY *Notify;
} CLIENT, *PCLIENT;

static CLIENT Client;

static VOID NotifyClient(PCLIENT To, ULONG Event)
{
    To->Events++;
#ifndef MISTAKE
    if (To->Notify == NULL) {
        return;
    }
#endif
    To->Notify(Event); /* at DRIVER-TRAP */
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
    NotifyClient(&Client, 1);
}
