#include <ndis.h>

#define TAG 'DttA'

/* One instance of the filter on one adapter. */
typedef struct _MODULE {
    NDIS_HANDLE Handle;
    NET_IFINDEX Adapter;
} MODULE, *PMODULE;

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS characteristics;

    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&characteristics, sizeof(characteristics));
    characteristics.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    characteristics.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    characteristics.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    characteristics.MajorNdisVersion = 6;
    characteristics.MinorNdisVersion = 30;
    RtlInitUnicodeString(&characteristics.FriendlyName, L"attach and detach");
    RtlInitUnicodeString(&characteristics.UniqueName, L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d01}");
    RtlInitUnicodeString(&characteristics.ServiceName, L"ATTACH");
    characteristics.AttachHandler = Attach;
    characteristics.DetachHandler = Detach;
    characteristics.RestartHandler = Restart;
    characteristics.PauseHandler = Pause;

    DriverObject->DriverUnload = Unload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &characteristics, &DriverHandle);
}

VOID Unload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(DriverHandle);
}

NDIS_STATUS Attach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                   PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES attributes;
    PMODULE module;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);

    if (AttachParameters->MiniportMediaType != NdisMedium802_3) {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    module = NdisAllocateMemoryWithTagPriority(NdisFilterHandle, sizeof(*module), TAG, NormalPoolPriority);
    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    module->Handle = NdisFilterHandle;
    module->Adapter = AttachParameters->BaseMiniportIfIndex;

    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    status = NdisFSetAttributes(NdisFilterHandle, module, &attributes);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(module, 0, 0); /* a failed attach has no detach */
        return status;
    }
    DbgPrint("attached to adapter %u, %wZ\n", module->Adapter, AttachParameters->BaseMiniportInstanceName);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Restart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    DbgPrint("running\n");
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Pause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    DbgPrint("paused\n");
    return NDIS_STATUS_SUCCESS;
}

VOID Detach(NDIS_HANDLE FilterModuleContext)
{
    PMODULE module = FilterModuleContext;

    DbgPrint("detached from adapter %u\n", module->Adapter);
    NdisFreeMemory(module, 0, 0);
}
