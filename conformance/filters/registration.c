/* NDIS reads what a filter driver says of itself, refuses what cannot be, and takes several filters of one driver. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
SET_OPTIONS FilterSetOptions;
FILTER_ATTACH FilterAttach;
FILTER_DETACH FilterDetach;
FILTER_RESTART FilterRestart;
FILTER_PAUSE FilterPause;

static NDIS_HANDLE First, Second;

/* Its contexts: what each filter is called. */
static CHAR FirstName[] = "first", SecondName[] = "second", Refused[] = "refused";

static VOID Describe(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    NdisZeroMemory(Characteristics, sizeof(*Characteristics));
    Characteristics->Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    Characteristics->Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    Characteristics->Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    Characteristics->MajorNdisVersion = 6;
    Characteristics->MinorNdisVersion = 30;
    RtlInitUnicodeString(&Characteristics->FriendlyName, L"registration");
    RtlInitUnicodeString(&Characteristics->UniqueName, L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2c03}");
    RtlInitUnicodeString(&Characteristics->ServiceName, L"REGISTRATION");
    Characteristics->SetOptionsHandler = FilterSetOptions;
    Characteristics->AttachHandler = FilterAttach;
    Characteristics->DetachHandler = FilterDetach;
    Characteristics->RestartHandler = FilterRestart;
    Characteristics->PauseHandler = FilterPause;
}

static NDIS_STATUS Refuse(PDRIVER_OBJECT DriverObject, PCSTR What, PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    NDIS_HANDLE handle = NULL;
    NDIS_STATUS status = NdisFRegisterFilterDriver(DriverObject, Refused, Characteristics, &handle);

    DbgPrint("%s: %x, handle written: %d\n", What, status, handle != NULL);
    Describe(Characteristics);
    return status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS characteristics;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = Unload;

    Describe(&characteristics);
    characteristics.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Refuse(DriverObject, "another type", &characteristics);
    characteristics.MajorNdisVersion = 5;
    Refuse(DriverObject, "another version", &characteristics);
    characteristics.PauseHandler = NULL;
    Refuse(DriverObject, "no pause", &characteristics);
    characteristics.Header.Size = FIELD_OFFSET(NDIS_FILTER_DRIVER_CHARACTERISTICS, RestartHandler);
    Refuse(DriverObject, "a size that ends before the restart", &characteristics);
    Refuse(DriverObject, "FilterSetOptions fails", &characteristics);

    status = NdisFRegisterFilterDriver(DriverObject, FirstName, &characteristics, &First);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    RtlInitUnicodeString(&characteristics.UniqueName, L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2c04}");
    status = NdisFRegisterFilterDriver(DriverObject, SecondName, &characteristics, &Second);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFDeregisterFilterDriver(First);
        return status;
    }
    DbgPrint("registered, the handles differ: %d\n", First != Second);
    return STATUS_SUCCESS;
}

NDIS_STATUS FilterSetOptions(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)
{
    DbgPrint("options of the %s, a handle: %d, level %u\n", DriverContext, NdisDriverHandle != NULL,
             KeGetCurrentIrql());
    return DriverContext == Refused ? NDIS_STATUS_RESOURCES : NDIS_STATUS_SUCCESS;
}

NDIS_STATUS FilterAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                         PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES attributes;

    DbgPrint("the %s attaches to %wZ, level %u\n", FilterDriverContext, AttachParameters->BaseMiniportInstanceName,
             KeGetCurrentIrql());
    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    return NdisFSetAttributes(NdisFilterHandle, FilterDriverContext, &attributes);
}

NDIS_STATUS FilterRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(RestartParameters);
    DbgPrint("the %s restarts\n", FilterModuleContext);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS FilterPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(PauseParameters);
    DbgPrint("the %s pauses\n", FilterModuleContext);
    return NDIS_STATUS_SUCCESS;
}

VOID FilterDetach(NDIS_HANDLE FilterModuleContext)
{
    DbgPrint("the %s detaches\n", FilterModuleContext);
}

VOID Unload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(Second);
    NdisFDeregisterFilterDriver(First);
    DbgPrint("gone\n");
}

/* prints
another type: c0010005, handle written: 0
another version: c0010004, handle written: 0
no pause: c0010005, handle written: 0
a size that ends before the restart: c0010005, handle written: 0
options of the refused, a handle: 1, level 0
FilterSetOptions fails: c000009a, handle written: 0
options of the first, a handle: 1, level 0
options of the second, a handle: 1, level 0
registered, the handles differ: 1
the first attaches to ndislab Ethernet Adapter, level 0
the first restarts
the first pauses
the first detaches
gone
*/
