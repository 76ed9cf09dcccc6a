#include <ndis.h>

#define TAG 'nolC'

/* Where a clone keeps the request it was made of: its SourceReserved is the filter's. */
#define ORIGINAL(clone) (*(PNDIS_OID_REQUEST *)&(clone)->SourceReserved[0])

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
FILTER_OID_REQUEST OidRequest;
FILTER_OID_REQUEST_COMPLETE OidRequestComplete;
FILTER_CANCEL_OID_REQUEST CancelOidRequest;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"clone an OID request"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d04}"),
    .ServiceName = RTL_CONSTANT_STRING(L"CLONEOID"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
    .OidRequestHandler = OidRequest,
    .OidRequestCompleteHandler = OidRequestComplete,
    .CancelOidRequestHandler = CancelOidRequest,
};

/* A request from above never goes down itself: a clone does. */
NDIS_STATUS OidRequest(NDIS_HANDLE Filter, PNDIS_OID_REQUEST Request)
{
    PNDIS_OID_REQUEST clone;
    NDIS_STATUS status = NdisAllocateCloneOidRequest(Filter, Request, TAG, &clone);

    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    ORIGINAL(clone) = Request;
    clone->RequestId = Request->RequestId; /* by which the driver above cancels it */
    DbgPrint("OID %08x goes down\n", clone->DATA.Oid);

    status = NdisFOidRequest(Filter, clone);
    if (status != NDIS_STATUS_PENDING) {
        OidRequestComplete(Filter, clone, status); /* NDIS does so only for a request that was pending */
    }
    return NDIS_STATUS_PENDING;
}

VOID OidRequestComplete(NDIS_HANDLE Filter, PNDIS_OID_REQUEST Clone, NDIS_STATUS Status)
{
    PNDIS_OID_REQUEST request = ORIGINAL(Clone);

    DbgPrint("OID %08x is done, status %x\n", Clone->DATA.Oid, Status);
    switch (Clone->RequestType) {
    case NdisRequestSetInformation:
        request->DATA.SET_INFORMATION.BytesRead = Clone->DATA.SET_INFORMATION.BytesRead;
        request->DATA.SET_INFORMATION.BytesNeeded = Clone->DATA.SET_INFORMATION.BytesNeeded;
        break;
    case NdisRequestMethod:
        request->DATA.METHOD_INFORMATION.BytesRead = Clone->DATA.METHOD_INFORMATION.BytesRead;
        request->DATA.METHOD_INFORMATION.BytesWritten = Clone->DATA.METHOD_INFORMATION.BytesWritten;
        request->DATA.METHOD_INFORMATION.BytesNeeded = Clone->DATA.METHOD_INFORMATION.BytesNeeded;
        break;
    default:
        request->DATA.QUERY_INFORMATION.BytesWritten = Clone->DATA.QUERY_INFORMATION.BytesWritten;
        request->DATA.QUERY_INFORMATION.BytesNeeded = Clone->DATA.QUERY_INFORMATION.BytesNeeded;
        break;
    }
    NdisFreeCloneOidRequest(Filter, Clone);
    NdisFOidRequestComplete(Filter, request, Status);
}

VOID CancelOidRequest(NDIS_HANDLE Filter, PVOID RequestId)
{
    NdisFCancelOidRequest(Filter, RequestId);
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
