#include <ndis.h>

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
FILTER_STATUS Status;
FILTER_DEVICE_PNP_EVENT_NOTIFY DeviceEvent;
FILTER_NET_PNP_EVENT NetEvent;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"pass events on"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d06}"),
    .ServiceName = RTL_CONSTANT_STRING(L"EVENTS"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
    .StatusHandler = Status,
    .DevicePnPEventNotifyHandler = DeviceEvent,
    .NetPnPEventHandler = NetEvent,
};

/* Upwards: what the adapter says of itself. */
VOID Status(NDIS_HANDLE Filter, PNDIS_STATUS_INDICATION Indication)
{
    NdisFIndicateStatus(Filter, Indication);
}

/* Downwards: what happens to the device. */
VOID DeviceEvent(NDIS_HANDLE Filter, PNET_DEVICE_PNP_EVENT Event)
{
    NdisFDevicePnPEventNotify(Filter, Event);
}

/* Upwards: what happens to the network; a driver above may say no. */
NDIS_STATUS NetEvent(NDIS_HANDLE Filter, PNET_PNP_EVENT_NOTIFICATION Event)
{
    return NdisFNetPnPEvent(Filter, Event);
}

/* An indication of the filter's own: what protocols know of the network may have changed. */
NDIS_STATUS Restart(NDIS_HANDLE Filter, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    NDIS_STATUS_INDICATION indication = {
        .Header = { NDIS_OBJECT_TYPE_STATUS_INDICATION, NDIS_STATUS_INDICATION_REVISION_1,
                    NDIS_SIZEOF_STATUS_INDICATION_REVISION_1 },
        .SourceHandle = Filter,
        .StatusCode = NDIS_STATUS_NETWORK_CHANGE,
    };

    UNREFERENCED_PARAMETER(RestartParameters);
    NdisFIndicateStatus(Filter, &indication);
    DbgPrint("status %08x indicated\n", indication.StatusCode);
    return NDIS_STATUS_SUCCESS;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = Unload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &Characteristics, &DriverHandle);
}

VOID Unload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(DriverHandle);
}

/* A module of this filter remembers nothing, so its context is its handle. */
NDIS_STATUS Attach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                   PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES attributes = {
        .Header = { NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES, NDIS_FILTER_ATTRIBUTES_REVISION_1,
                    NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1 },
    };

    UNREFERENCED_PARAMETER(FilterDriverContext);
    UNREFERENCED_PARAMETER(AttachParameters);
    return NdisFSetAttributes(NdisFilterHandle, NdisFilterHandle, &attributes);
}

VOID Detach(NDIS_HANDLE Filter)
{
    UNREFERENCED_PARAMETER(Filter);
}

NDIS_STATUS Pause(NDIS_HANDLE Filter, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(Filter);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}
