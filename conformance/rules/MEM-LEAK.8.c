/* A filter answers a request from above by itself and forgets the clone it had made. */
#include "filter.h"

FILTER_OID_REQUEST FilterOidRequest;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->OidRequestHandler = FilterOidRequest;
}

NDIS_STATUS FilterOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER filter = FilterModuleContext;
    PNDIS_OID_REQUEST clone;
    NDIS_STATUS status;

    status = NdisAllocateCloneOidRequest(filter->Handle, OidRequest, FILTER_TAG, &clone); /* at, allocated MEM-LEAK */
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    if (clone->DATA.Oid == OID_GEN_CURRENT_PACKET_FILTER) {
#ifndef MISTAKE
        NdisFreeCloneOidRequest(filter->Handle, clone);
#endif
        return NDIS_STATUS_SUCCESS;
    }
    NdisFreeCloneOidRequest(filter->Handle, clone);
    return NDIS_STATUS_NOT_SUPPORTED;
}
