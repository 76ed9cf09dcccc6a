/*
 * A filter that passes one frame of its own on when it starts, in a list of its own pool. The file that includes this
 * writes SendProbe, which allocates, prepares and passes on the list, and TakeProbeBack, which frees it.
 */
#pragma once

#include "filter.h"
#include "pools.h"

#define PROBE_SIZE 60

/* Written by the file that includes this. */
static VOID SendProbe(PFILTER Filter);
static VOID TakeProbeBack(PFILTER Filter, PNET_BUFFER_LIST Probe);

static FILTER_RESTART ProbeRestart;
static FILTER_PAUSE ProbePause;
static FILTER_SEND_NET_BUFFER_LISTS_COMPLETE ProbeSendComplete;
static FILTER_RETURN_NET_BUFFER_LISTS ProbeReturn;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = ProbeRestart;
    Characteristics->PauseHandler = ProbePause;
    Characteristics->SendNetBufferListsCompleteHandler = ProbeSendComplete;
    Characteristics->ReturnNetBufferListsHandler = ProbeReturn;
}

/* An empty frame, and where the list comes from. */
static inline VOID PrepareProbe(PFILTER Filter, PNET_BUFFER_LIST Probe)
{
    PNET_BUFFER netBuffer = NET_BUFFER_LIST_FIRST_NB(Probe);
    PVOID data;

    NET_BUFFER_DATA_LENGTH(netBuffer) = PROBE_SIZE;
    data = NdisGetDataBuffer(netBuffer, PROBE_SIZE, NULL, 1, 0);
    if (data != NULL) {
        NdisZeroMemory(data, PROBE_SIZE);
    }
    Probe->SourceHandle = Filter->Handle;
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

static VOID ProbeSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    UNREFERENCED_PARAMETER(SendCompleteFlags);
    TakeProbeBack(FilterModuleContext, NetBufferList);
}

/* Received frames, which the filter lets pass by, come back here too. */
static VOID ProbeReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST next;

    for (list = NetBufferLists; list != NULL; list = next) {
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        if (NdisGetPoolFromNetBufferList(list) == filter->Pool) {
            TakeProbeBack(filter, list);
        } else {
            NdisFReturnNetBufferLists(filter->Handle, list, ReturnFlags);
        }
    }
}
