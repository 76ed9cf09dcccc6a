/* A filter says of its pool that it belonged to TCP/IP. */
#include "filter.h"
#include "pools.h"

static FILTER_RESTART PoolRestart;
static FILTER_PAUSE PoolPause;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = PoolRestart;
    Characteristics->PauseHandler = PoolPause;
}

static NDIS_STATUS PoolRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RestartParameters);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
#ifdef MISTAKE
    parameters.ProtocolId = NDIS_PROTOCOL_ID_TCP_IP;
#endif
    filter->Pool = NdisAllocateNetBufferListPool(filter->Handle, &parameters); /* at POOL-PROTOID */
    return filter->Pool == NULL ? NDIS_STATUS_RESOURCES : NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS PoolPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    NdisFreeNetBufferListPool(filter->Pool);
    return NDIS_STATUS_SUCCESS;
}
