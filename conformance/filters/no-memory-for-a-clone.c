/* fails: allocation 3 */
/* The first clone gets no memory: the filter refuses the request from above, and its pointer is NULL. */
#include "../rules/filter.h"

FILTER_OID_REQUEST FilterOidRequest;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->OidRequestHandler = FilterOidRequest;
}

NDIS_STATUS FilterOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER filter = FilterModuleContext;
    PNDIS_OID_REQUEST clone = OidRequest;
    NDIS_STATUS status;

    status = NdisAllocateCloneOidRequest(filter->Handle, OidRequest, FILTER_TAG, &clone);
    DbgPrint("refused: %x, NULL: %d\n", status, clone == NULL);
    if (NdisAllocateCloneOidRequest(filter->Handle, OidRequest, FILTER_TAG, &clone) == NDIS_STATUS_SUCCESS) {
        DbgPrint("given at the second time\n");
        NdisFreeCloneOidRequest(filter->Handle, clone);
    }
    return status;
}

/* prints
refused: c000009a, NULL: 1
given at the second time
*/
