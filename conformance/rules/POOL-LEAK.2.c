/* A restart of the filter makes a new pool over the old one, since no pause frees it. */
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

    InitNetBufferListPoolParameters(&parameters, TRUE, 0);
    filter->Pool = NdisAllocateNetBufferListPool(filter->Handle, &parameters); /* at, allocated POOL-LEAK */
    return filter->Pool == NULL ? NDIS_STATUS_RESOURCES : NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS PoolPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
#ifndef MISTAKE
    NdisFreeNetBufferListPool(filter->Pool);
#endif
    filter->Pool = NULL;
    return NDIS_STATUS_SUCCESS;
}
