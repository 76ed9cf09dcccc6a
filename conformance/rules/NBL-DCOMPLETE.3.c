/* The list that the filter sent itself is completed upwards with all others; nobody there knows it. */
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

static VOID SendProbe(PFILTER Filter)
{
    PNET_BUFFER_LIST probe = NdisAllocateNetBufferList(Filter->Pool, 0, 0); /* allocated NBL-DCOMPLETE */
    PNET_BUFFER netBuffer;
    PVOID data;

    if (probe == NULL) {
        return;
    }
    netBuffer = NET_BUFFER_LIST_FIRST_NB(probe);
    NET_BUFFER_DATA_LENGTH(netBuffer) = PROBE_SIZE;
    data = NdisGetDataBuffer(netBuffer, PROBE_SIZE, NULL, 1, 0);
    if (data != NULL) {
        NdisZeroMemory(data, PROBE_SIZE);
    }
    probe->SourceHandle = Filter->Handle;
    NdisFSendNetBufferLists(Filter->Handle, probe, NDIS_DEFAULT_PORT_NUMBER, 0);
}

static NDIS_STATUS ProbeRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RestartParameters);

    InitNetBufferListPoolParameters(&parameters, TRUE, PROBE_SIZE);
    filter->Pool = NdisAllocateNetBufferListPool(filter->Handle, &parameters);
    if (filter->Pool == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    SendProbe(filter);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS ProbePause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    NdisFreeNetBufferListPool(filter->Pool);
    return NDIS_STATUS_SUCCESS;
}

VOID FilterSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST next;

    for (list = NetBufferList; list != NULL; list = next) {
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
#ifndef MISTAKE
        if (list->SourceHandle == filter->Handle) {
            NdisFreeNetBufferList(list);
            continue;
        }
#endif
        NdisFSendNetBufferListsComplete(filter->Handle, list, SendCompleteFlags); /* at NBL-DCOMPLETE */
    }
}
