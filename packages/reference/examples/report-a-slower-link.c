#include <ndis.h>

/* As fast as this filter is, in bits per second. */
static const NDIS_LINK_SPEED Limit = { .XmitLinkSpeed = 100000000, .RcvLinkSpeed = 100000000 };

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
FILTER_STATUS Status;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"report a slower link"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d11}"),
    .ServiceName = RTL_CONSTANT_STRING(L"SLOWER"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
    .StatusHandler = Status,
};

/* Tells those above of a link that is no faster than this filter lets frames through. */
static VOID Report(NDIS_HANDLE Filter, PNDIS_LINK_STATE State, NDIS_STATUS_INDICATION *Indication)
{
    if (State->MediaConnectState == MediaConnectStateConnected) {
        State->XmitLinkSpeed = min(State->XmitLinkSpeed, Limit.XmitLinkSpeed);
        State->RcvLinkSpeed = min(State->RcvLinkSpeed, Limit.RcvLinkSpeed);
    }
    Indication->StatusBuffer = State;
    Indication->StatusBufferSize = NDIS_SIZEOF_LINK_STATE_REVISION_1;
    NdisFIndicateStatus(Filter, Indication);
    DbgPrint("%I64u Mbit/s\n", State->XmitLinkSpeed / 1000000);
}

/* What comes from below is not changed: a copy goes up. */
VOID Status(NDIS_HANDLE Filter, PNDIS_STATUS_INDICATION Indication)
{
    if (Indication->StatusCode == NDIS_STATUS_LINK_STATE &&
        Indication->StatusBufferSize >= NDIS_SIZEOF_LINK_STATE_REVISION_1) {
        NDIS_LINK_STATE state = *(PNDIS_LINK_STATE)Indication->StatusBuffer;
        NDIS_STATUS_INDICATION copy = *Indication;

        Report(Filter, &state, &copy);
    } else {
        NdisFIndicateStatus(Filter, Indication);
    }
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
    NDIS_LINK_STATE state = {
        .Header = { NDIS_OBJECT_TYPE_DEFAULT, NDIS_LINK_STATE_REVISION_1, NDIS_SIZEOF_LINK_STATE_REVISION_1 },
        .MediaConnectState = AttachParameters->MediaConnectState,
        .MediaDuplexState = AttachParameters->MediaDuplexState,
        .XmitLinkSpeed = AttachParameters->XmitLinkSpeed,
        .RcvLinkSpeed = AttachParameters->RcvLinkSpeed,
        .PauseFunctions = NdisPauseFunctionsUnknown,
    };
    NDIS_STATUS_INDICATION indication = {
        .Header = { NDIS_OBJECT_TYPE_STATUS_INDICATION, NDIS_STATUS_INDICATION_REVISION_1,
                    NDIS_SIZEOF_STATUS_INDICATION_REVISION_1 },
        .SourceHandle = NdisFilterHandle,
        .StatusCode = NDIS_STATUS_LINK_STATE,
    };
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    status = NdisFSetAttributes(NdisFilterHandle, NdisFilterHandle, &attributes);
    if (status == NDIS_STATUS_SUCCESS && state.MediaDuplexState != MediaDuplexStateHalf) {
        Report(NdisFilterHandle, &state, &indication); /* allowed as soon as the attributes are set */
    }
    return status;
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
