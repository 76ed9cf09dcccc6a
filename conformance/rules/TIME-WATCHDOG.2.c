/* A filter keeps a request from above until its first frame, and loses it there instead of answering. */
#include "filter.h"

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_OID_REQUEST FilterOidRequest;

static PNDIS_OID_REQUEST Kept;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
    Characteristics->OidRequestHandler = FilterOidRequest;
}

NDIS_STATUS FilterOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{ /* at TIME-WATCHDOG */
    UNREFERENCED_PARAMETER(FilterModuleContext);
    Kept = OidRequest;
    return NDIS_STATUS_PENDING;
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;

#ifdef MISTAKE
    Kept = NULL;
#endif
    if (Kept != NULL) {
        NdisFOidRequestComplete(filter->Handle, Kept, NDIS_STATUS_SUCCESS);
        Kept = NULL;
    }
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}
