#include <ndis.h>

#define SHORTEST 64 /* anything below goes no further */

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
FILTER_RECEIVE_NET_BUFFER_LISTS Receive;
FILTER_RETURN_NET_BUFFER_LISTS Return;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"pass frames up"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d02}"),
    .ServiceName = RTL_CONSTANT_STRING(L"PASSUP"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
    .ReceiveNetBufferListsHandler = Receive,
    .ReturnNetBufferListsHandler = Return,
};

/* Sorts the lists into two chains and gives both away: from then on none of them may be looked at. */
VOID Receive(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags)
{
    PNET_BUFFER_LIST up = NULL, *upEnd = &up;
    PNET_BUFFER_LIST back = NULL, *backEnd = &back;
    ULONG upCount = 0;

    if (NDIS_TEST_RECEIVE_CANNOT_PEND(Flags)) { /* these are only lent, and none is to be returned */
        NdisFIndicateReceiveNetBufferLists(Filter, Lists, Port, Count, Flags);
        return;
    }
    for (; Lists != NULL; Lists = NET_BUFFER_LIST_NEXT_NBL(Lists)) {
        if (NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(Lists)) < SHORTEST) {
            *backEnd = Lists;
            backEnd = &NET_BUFFER_LIST_NEXT_NBL(Lists);
        } else {
            *upEnd = Lists;
            upEnd = &NET_BUFFER_LIST_NEXT_NBL(Lists);
            upCount++;
        }
    }
    *upEnd = NULL;
    *backEnd = NULL;
    DbgPrint("%u lists received, %u of them go up\n", Count, upCount);
    if (back != NULL) {
        NdisFReturnNetBufferLists(
            Filter, back, NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(Flags) ? NDIS_RETURN_FLAGS_DISPATCH_LEVEL : 0);
    }
    if (up != NULL) {
        NdisFIndicateReceiveNetBufferLists(Filter, up, Port, upCount, Flags);
    }
}

/* What went up comes back here, and goes on to the driver that owns it. */
VOID Return(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    PNET_BUFFER_LIST list;
    ULONG count = 0;

    for (list = Lists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        count++;
    }
    DbgPrint("%u came back\n", count);
    NdisFReturnNetBufferLists(Filter, Lists, Flags);
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

NDIS_STATUS Restart(NDIS_HANDLE Filter, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(Filter);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Pause(NDIS_HANDLE Filter, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(Filter);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}
