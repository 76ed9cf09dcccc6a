/* refuses to start */
/* The filter will not run on the adapter, and forgets the pool it had made for it by then. */
#include "filter.h"
#include "pools.h"

#define LONGEST_ACCEPTED 576

static FILTER_RESTART PickyRestart;
static FILTER_PAUSE PickyPause;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = PickyRestart;
    Characteristics->PauseHandler = PickyPause;
}

static ULONG MtuOf(PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PNDIS_RESTART_ATTRIBUTES attributes = RestartParameters->RestartAttributes;

    return attributes == NULL ? 0 : ((PNDIS_RESTART_GENERAL_ATTRIBUTES)attributes->Data)->MtuSize;
}

static NDIS_STATUS PickyRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;

    InitNetBufferListPoolParameters(&parameters, TRUE, LONGEST_ACCEPTED);
    filter->Pool = NdisAllocateNetBufferListPool(filter->Handle, &parameters); /* at, allocated POOL-LEAK */
    if (filter->Pool == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    if (MtuOf(RestartParameters) > LONGEST_ACCEPTED) {
#ifndef MISTAKE
        NdisFreeNetBufferListPool(filter->Pool);
#endif
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS PickyPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    NdisFreeNetBufferListPool(filter->Pool);
    return NDIS_STATUS_SUCCESS;
}
