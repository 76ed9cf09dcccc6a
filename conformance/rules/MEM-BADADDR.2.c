/* When a clone comes back, the filter frees the request it was made of, which is the driver's above. */
#include "filter.h"

#define ORIGINAL(clone) (*(PNDIS_OID_REQUEST *)&(clone)->SourceReserved[0])

FILTER_OID_REQUEST FilterOidRequest;
FILTER_OID_REQUEST_COMPLETE FilterOidRequestComplete;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->OidRequestHandler = FilterOidRequest;
    Characteristics->OidRequestCompleteHandler = FilterOidRequestComplete;
}

NDIS_STATUS FilterOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER filter = FilterModuleContext;
    PNDIS_OID_REQUEST clone;
    NDIS_STATUS status;

    status = NdisAllocateCloneOidRequest(filter->Handle, OidRequest, FILTER_TAG, &clone);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    ORIGINAL(clone) = OidRequest;
    status = NdisFOidRequest(filter->Handle, clone);
    if (status != NDIS_STATUS_PENDING) {
        FilterOidRequestComplete(filter, clone, status);
    }
    return NDIS_STATUS_PENDING;
}

VOID FilterOidRequestComplete(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    PFILTER filter = FilterModuleContext;
    PNDIS_OID_REQUEST original = ORIGINAL(OidRequest);

    NdisFreeCloneOidRequest(filter->Handle, OidRequest);
#ifdef MISTAKE
    NdisFreeCloneOidRequest(filter->Handle, original); /* at MEM-BADADDR */
#endif
    NdisFOidRequestComplete(filter->Handle, original, Status);
}
