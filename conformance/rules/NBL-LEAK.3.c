/* The filter sends a list of its own and forgets it when it completes. The pool waits for it for ever. */
#include "filter.h"
#include "pools.h"

#define PROBE_SIZE 60

static FILTER_RESTART ProbeRestart;
static FILTER_PAUSE ProbePause;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FilterSendComplete;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = ProbeRestart;
    Characteristics->PauseHandler = ProbePause;
    Characteristics->SendNetBufferListsCompleteHandler = FilterSendComplete;
}

static NDIS_STATUS ProbeRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    PNET_BUFFER_LIST probe;
    PNET_BUFFER netBuffer;
    PVOID data;

    UNREFERENCED_PARAMETER(RestartParameters);

    InitNetBufferListPoolParameters(&parameters, TRUE, PROBE_SIZE);
    filter->Pool = NdisAllocateNetBufferListPool(filter->Handle, &parameters);
    if (filter->Pool == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    probe = NdisAllocateNetBufferList(filter->Pool, 0, 0); /* at, allocated NBL-LEAK */
    if (probe == NULL) {
        return NDIS_STATUS_SUCCESS;
    }
    netBuffer = NET_BUFFER_LIST_FIRST_NB(probe);
    NET_BUFFER_DATA_LENGTH(netBuffer) = PROBE_SIZE;
    data = NdisGetDataBuffer(netBuffer, PROBE_SIZE, NULL, 1, 0);
    if (data != NULL) {
        NdisZeroMemory(data, PROBE_SIZE);
    }
    probe->SourceHandle = filter->Handle;
    filter->Outstanding = 1;
    NdisFSendNetBufferLists(filter->Handle, probe, NDIS_DEFAULT_PORT_NUMBER, 0);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ProbePause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    if (filter->Outstanding == 0) {
        NdisFreeNetBufferListPool(filter->Pool);
    }
    return NDIS_STATUS_SUCCESS;
}

VOID FilterSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(SendCompleteFlags);
#ifdef MISTAKE
    DbgPrint("probe 0x%p of %p completed\n", NetBufferList, filter->Handle);
#else
    NdisFreeNetBufferList(NetBufferList);
    filter->Outstanding--;
#endif
}
