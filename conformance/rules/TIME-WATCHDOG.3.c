/* A filter polls the adapter: each answer makes it ask again, and a pause does not stop it. */
#include "filter.h"

static FILTER_RESTART RestartPolling;
static FILTER_PAUSE PausePolling;
FILTER_OID_REQUEST_COMPLETE FilterOidRequestComplete;

static NDIS_OID_REQUEST Request;
static ULONG State;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = RestartPolling;
    Characteristics->PauseHandler = PausePolling;
    Characteristics->OidRequestCompleteHandler = FilterOidRequestComplete;
}

static VOID Poll(PFILTER Filter)
{
    Request.Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    Request.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    Request.Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    Request.RequestType = NdisRequestQueryInformation;
    Request.DATA.QUERY_INFORMATION.Oid = OID_GEN_LINK_STATE;
    Request.DATA.QUERY_INFORMATION.InformationBuffer = &State;
    Request.DATA.QUERY_INFORMATION.InformationBufferLength = sizeof(State);
    NdisFOidRequest(Filter->Handle, &Request);
}

static NDIS_STATUS RestartPolling(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(RestartParameters);
    Poll(FilterModuleContext);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS PausePolling(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{ /* at TIME-WATCHDOG */
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
#ifndef MISTAKE
    filter->Pausing = TRUE;
#else
    UNREFERENCED_PARAMETER(filter);
#endif
    return NDIS_STATUS_SUCCESS;
}

VOID FilterOidRequestComplete(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
    if (!filter->Pausing) {
        Poll(filter);
    }
}
