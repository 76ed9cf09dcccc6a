/* The filter sends a frame of its own, with a tag in front for which its buffer has no room. */
#include "filter.h"
#include "pools.h"

#define PROBE_SIZE 60
#define TAG_SIZE 4

#ifdef MISTAKE
#define ROOM 0
#else
#define ROOM TAG_SIZE
#endif

static FILTER_RESTART ProbeRestart;
static FILTER_PAUSE ProbePause;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FilterSendComplete;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = ProbeRestart;
    Characteristics->PauseHandler = ProbePause;
    Characteristics->SendNetBufferListsCompleteHandler = FilterSendComplete;
}

static BOOLEAN FillProbe(PNET_BUFFER NetBuffer)
{
    PVOID data;

    NET_BUFFER_DATA_OFFSET(NetBuffer) = ROOM;
    NET_BUFFER_DATA_LENGTH(NetBuffer) = PROBE_SIZE;
    NdisAdjustNetBufferCurrentMdl(NetBuffer);
    data = NdisGetDataBuffer(NetBuffer, PROBE_SIZE, NULL, 1, 0);
    if (data != NULL) {
        NdisZeroMemory(data, PROBE_SIZE);
    }
    if (NdisRetreatNetBufferDataStart(NetBuffer, TAG_SIZE, 0, NULL) != NDIS_STATUS_SUCCESS) { /* at RET-ALLOC */
        return FALSE;
    }
    data = NdisGetDataBuffer(NetBuffer, TAG_SIZE, NULL, 1, 0);
    if (data != NULL) {
        NdisZeroMemory(data, TAG_SIZE);
    }
    return TRUE;
}

static NDIS_STATUS ProbeRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    PNET_BUFFER_LIST probe;

    UNREFERENCED_PARAMETER(RestartParameters);

    InitNetBufferListPoolParameters(&parameters, TRUE, ROOM + PROBE_SIZE);
    filter->Pool = NdisAllocateNetBufferListPool(filter->Handle, &parameters);
    if (filter->Pool == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    probe = NdisAllocateNetBufferList(filter->Pool, 0, 0); /* allocated RET-ALLOC */
    if (probe == NULL) {
        return NDIS_STATUS_SUCCESS;
    }
    if (!FillProbe(NET_BUFFER_LIST_FIRST_NB(probe))) {
        NdisFreeNetBufferList(probe);
        return NDIS_STATUS_SUCCESS;
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
    NdisAdvanceNetBufferDataStart(NET_BUFFER_LIST_FIRST_NB(NetBufferList), TAG_SIZE, TRUE, NULL);
    NdisFreeNetBufferList(NetBufferList);
    filter->Outstanding--;
}
