/* A filter asks the adapter by itself while it restarts and from its data path, and passes on what it is asked. */
#include "../rules/filter.h"

#define ORIGINAL(clone) (*(PNDIS_OID_REQUEST *)&(clone)->SourceReserved[0])

static FILTER_RESTART RestartAndAsk;
static FILTER_PAUSE PauseAtOnce;
FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_OID_REQUEST FilterOidRequest;
FILTER_OID_REQUEST_COMPLETE FilterOidRequestComplete;
FILTER_CANCEL_OID_REQUEST FilterCancelOidRequest;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = RestartAndAsk;
    Characteristics->PauseHandler = PauseAtOnce;
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
    Characteristics->OidRequestHandler = FilterOidRequest;
    Characteristics->OidRequestCompleteHandler = FilterOidRequestComplete;
    Characteristics->CancelOidRequestHandler = FilterCancelOidRequest;
}

/* The filter's own requests: one while it restarts, one from the data path. They live as long as it does. */
static NDIS_OID_REQUEST Own[2];
static ULONG Answer;

static NDIS_STATUS Ask(PFILTER Filter, PNDIS_OID_REQUEST Request, NDIS_OID Oid)
{
    NdisZeroMemory(Request, sizeof(*Request));
    Request->Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    Request->Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    Request->Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    Request->RequestType = NdisRequestQueryInformation;
    Request->RequestId = Request;
    Request->DATA.QUERY_INFORMATION.Oid = Oid;
    Request->DATA.QUERY_INFORMATION.InformationBuffer = &Answer;
    Request->DATA.QUERY_INFORMATION.InformationBufferLength = sizeof(Answer);
    return NdisFOidRequest(Filter->Handle, Request);
}

static NDIS_STATUS RestartAndAsk(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PFILTER filter = Context;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(Parameters);
    Own[0].Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    DbgPrint("a header of another type: %x\n", NdisFOidRequest(filter->Handle, &Own[0]));
    Own[0].Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    Own[0].Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1 - 1;
    DbgPrint("a size of no revision: %x\n", NdisFOidRequest(filter->Handle, &Own[0]));

    status = Ask(filter, &Own[0], OID_GEN_LINK_STATE);
    DbgPrint("asked while restarting: %x\n", status);
    return NDIS_STATUS_PENDING; /* until the answer is there */
}

static NDIS_STATUS PauseAtOnce(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    DbgPrint("pausing\n");
    return NDIS_STATUS_SUCCESS;
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;

    DbgPrint("asked for a received frame: %x\n", Ask(filter, &Own[1], OID_GEN_STATISTICS));
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}

NDIS_STATUS FilterOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER filter = FilterModuleContext;
    PNDIS_OID_REQUEST clone = OidRequest;
    NDIS_STATUS status;

    status = NdisAllocateCloneOidRequest(FilterDriverHandle, OidRequest, FILTER_TAG, &clone);
    DbgPrint("a clone for the handle of the driver: %x, NULL: %d\n", status, clone == NULL);
    status = NdisAllocateCloneOidRequest(filter->Handle, OidRequest, FILTER_TAG, &clone);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    ORIGINAL(clone) = OidRequest;
    clone->RequestId = OidRequest->RequestId;
    DbgPrint("a clone of another address: %d, type %u, OID %08x, the same buffer: %d\n", clone != OidRequest,
             clone->RequestType, clone->DATA.Oid,
             clone->DATA.SET_INFORMATION.InformationBuffer == OidRequest->DATA.SET_INFORMATION.InformationBuffer);
    status = NdisFOidRequest(filter->Handle, clone);
    if (status != NDIS_STATUS_PENDING) {
        FilterOidRequestComplete(filter, clone, status);
    }
    FilterCancelOidRequest(filter, OidRequest->RequestId); /* as the driver above may do until it completes */
    return NDIS_STATUS_PENDING;
}

VOID FilterOidRequestComplete(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    PFILTER filter = FilterModuleContext;
    PNDIS_OID_REQUEST original;

    DbgPrint("OID %08x is done: %x, level %u\n", OidRequest->DATA.Oid, Status, KeGetCurrentIrql());
    if (OidRequest == &Own[0]) {
        NdisFRestartComplete(filter->Handle, Status);
        return;
    }
    if (OidRequest == &Own[1]) {
        return;
    }
    original = ORIGINAL(OidRequest);
    original->DATA.SET_INFORMATION.BytesRead = OidRequest->DATA.SET_INFORMATION.BytesRead;
    original->DATA.SET_INFORMATION.BytesNeeded = OidRequest->DATA.SET_INFORMATION.BytesNeeded;
    NdisFreeCloneOidRequest(filter->Handle, OidRequest);
    NdisFOidRequestComplete(filter->Handle, original, Status);
}

VOID FilterCancelOidRequest(NDIS_HANDLE FilterModuleContext, PVOID RequestId)
{
    PFILTER filter = FilterModuleContext;

    NdisFCancelOidRequest(filter->Handle, RequestId);
}

/* prints
a header of another type: c000000d
a size of no revision: c000000d
asked while restarting: 103
OID 00010207 is done: 0, level 0
a clone for the handle of the driver: c000000d, NULL: 1
a clone of another address: 1, type 1, OID 0001010e, the same buffer: 1
OID 0001010e is done: 0, level 0
asked for a received frame: 103
OID 00020106 is done: 0, level 0
pausing
*/
