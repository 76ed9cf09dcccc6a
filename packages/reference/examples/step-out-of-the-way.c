#include <ndis.h>

static BOOLEAN Interested = TRUE;
static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
FILTER_SET_MODULE_OPTIONS SetModuleOptions;
FILTER_RECEIVE_NET_BUFFER_LISTS Receive;
FILTER_RETURN_NET_BUFFER_LISTS Return;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"step out of the way"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d13}"),
    .ServiceName = RTL_CONSTANT_STRING(L"STEPOUT"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
    .SetFilterModuleOptionsHandler = SetModuleOptions,
    .ReceiveNetBufferListsHandler = Receive,
    .ReturnNetBufferListsHandler = Return,
};

/* The module is paused. While nobody is interested frames go by it. */
NDIS_STATUS SetModuleOptions(NDIS_HANDLE Filter)
{
    NDIS_FILTER_PARTIAL_CHARACTERISTICS handlers = {
        .Header = { NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS, NDIS_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1,
                    NDIS_SIZEOF_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1 },
    };

    if (Interested) {
        handlers.ReceiveNetBufferListsHandler = Receive;
        handlers.ReturnNetBufferListsHandler = Return;
    }
    return NdisSetOptionalHandlers(Filter, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&handlers);
}

VOID Receive(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags)
{
    NdisFIndicateReceiveNetBufferLists(Filter, Lists, Port, Count, Flags);
}

VOID Return(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    NdisFReturnNetBufferLists(Filter, Lists, Flags);
}

NDIS_STATUS Restart(NDIS_HANDLE Filter, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(Filter);
    UNREFERENCED_PARAMETER(RestartParameters);
    DbgPrint("frames go %s\n", Interested ? "through" : "by");
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
