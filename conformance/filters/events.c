/* What happens to the adapter and to the network goes through the filter: up, down and up again. */
#include "../rules/filter.h"

static FILTER_RESTART RestartAndTell;
FILTER_STATUS FilterStatus;
FILTER_DEVICE_PNP_EVENT_NOTIFY FilterDevicePnPEventNotify;
FILTER_NET_PNP_EVENT FilterNetPnPEvent;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = RestartAndTell;
    Characteristics->StatusHandler = FilterStatus;
    Characteristics->DevicePnPEventNotifyHandler = FilterDevicePnPEventNotify;
    Characteristics->NetPnPEventHandler = FilterNetPnPEvent;
}

/* An indication and two events of the filter's own. The buffers are its own again after each call. */
static NDIS_STATUS RestartAndTell(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;
    NDIS_STATUS_INDICATION indication;
    NET_DEVICE_PNP_EVENT device;
    NET_PNP_EVENT_NOTIFICATION network;
    NDIS_LINK_STATE link;

    UNREFERENCED_PARAMETER(RestartParameters);

    NdisZeroMemory(&link, sizeof(link));
    link.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    link.Header.Revision = NDIS_LINK_STATE_REVISION_1;
    link.Header.Size = NDIS_SIZEOF_LINK_STATE_REVISION_1;
    link.MediaConnectState = MediaConnectStateConnected;
    NdisZeroMemory(&indication, sizeof(indication));
    indication.Header.Type = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    indication.Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
    indication.Header.Size = NDIS_SIZEOF_STATUS_INDICATION_REVISION_1;
    indication.SourceHandle = filter->Handle;
    indication.StatusCode = NDIS_STATUS_LINK_STATE;
    indication.StatusBuffer = &link;
    indication.StatusBufferSize = sizeof(link);
    FilterStatus(filter, &indication);

    NdisZeroMemory(&device, sizeof(device));
    device.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    device.Header.Revision = NET_DEVICE_PNP_EVENT_REVISION_1;
    device.Header.Size = NDIS_SIZEOF_NET_DEVICE_PNP_EVENT_REVISION_1;
    device.DevicePnPEvent = NdisDevicePnPEventPowerProfileChanged;
    FilterDevicePnPEventNotify(filter, &device);

    NdisZeroMemory(&network, sizeof(network));
    network.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    network.Header.Revision = NET_PNP_EVENT_NOTIFICATION_REVISION_1;
    network.Header.Size = NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1;
    network.NetPnPEvent.NetEvent = NetEventReconfigure;
    return FilterNetPnPEvent(filter, &network);
}

VOID FilterStatus(NDIS_HANDLE FilterModuleContext, PNDIS_STATUS_INDICATION StatusIndication)
{
    PFILTER filter = FilterModuleContext;

    NdisFIndicateStatus(filter->Handle, StatusIndication);
    DbgPrint("status %x indicated, with %u bytes\n", StatusIndication->StatusCode, StatusIndication->StatusBufferSize);
}

VOID FilterDevicePnPEventNotify(NDIS_HANDLE FilterModuleContext, PNET_DEVICE_PNP_EVENT NetDevicePnPEvent)
{
    PFILTER filter = FilterModuleContext;

    NdisFDevicePnPEventNotify(filter->Handle, NetDevicePnPEvent);
    DbgPrint("device event %u notified\n", NetDevicePnPEvent->DevicePnPEvent);
}

NDIS_STATUS FilterNetPnPEvent(NDIS_HANDLE FilterModuleContext, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    PFILTER filter = FilterModuleContext;
    NDIS_STATUS status;

    status = NdisFNetPnPEvent(filter->Handle, NetPnPEventNotification);
    DbgPrint("network event %u answered: %x\n", NetPnPEventNotification->NetPnPEvent.NetEvent, status);
    return status;
}

/* prints
status 40010017 indicated, with 40 bytes
device event 5 notified
network event 4 answered: 0
*/
