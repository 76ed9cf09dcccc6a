#include <ndis.h>

static volatile BOOLEAN Powered = TRUE;
static volatile BOOLEAN Removed;
static volatile BOOLEAN Saving;
static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
FILTER_DEVICE_PNP_EVENT_NOTIFY DeviceEvent;
FILTER_NET_PNP_EVENT NetEvent;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"power and removal"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d12}"),
    .ServiceName = RTL_CONSTANT_STRING(L"POWER"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
    .DevicePnPEventNotifyHandler = DeviceEvent,
    .NetPnPEventHandler = NetEvent,
};

/* Upwards. The driver does not wait for anything here. */
NDIS_STATUS NetEvent(NDIS_HANDLE Filter, PNET_PNP_EVENT_NOTIFICATION Notification)
{
    const NET_PNP_EVENT *event = &Notification->NetPnPEvent;

    if (event->NetEvent == NetEventSetPower && event->BufferLength >= sizeof(NDIS_DEVICE_POWER_STATE)) {
        Powered = *(NDIS_DEVICE_POWER_STATE *)event->Buffer == NdisDeviceStateD0;
    }
    return NdisFNetPnPEvent(Filter, Notification);
}

/* Downwards. */
VOID DeviceEvent(NDIS_HANDLE Filter, PNET_DEVICE_PNP_EVENT Event)
{
    switch (Event->DevicePnPEvent) {
    case NdisDevicePnPEventSurpriseRemoved:
        Removed = TRUE;
        break;
    case NdisDevicePnPEventPowerProfileChanged:
        if (Event->InformationBufferLength >= sizeof(NDIS_POWER_PROFILE)) {
            Saving = *(NDIS_POWER_PROFILE *)Event->InformationBuffer == NdisPowerProfileBattery;
        }
        break;
    default:
        break;
    }
    NdisFDevicePnPEventNotify(Filter, Event);
}

/* Whether frames of the filter's own may go down now. */
static BOOLEAN MaySend(VOID)
{
    return Powered && !Removed && !Saving;
}

NDIS_STATUS Restart(NDIS_HANDLE Filter, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(Filter);
    UNREFERENCED_PARAMETER(RestartParameters);
    DbgPrint("frames of our own: %s\n", MaySend() ? "yes" : "no");
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
