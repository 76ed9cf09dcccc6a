/* The pool is made when the first frames arrive, not while the driver starts. */
#include "filter.h"

#define BLOCK_SIZE 64

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
static FILTER_RESTART PoolRestart;
static FILTER_PAUSE PoolPause;

static PVOID Block;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = PoolRestart;
    Characteristics->PauseHandler = PoolPause;
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
}

static VOID CreatePool(PFILTER Filter)
{
    NDIS_STATUS status;

    NdisAllocateBufferPool(&status, &Filter->Pool, 1); /* at POOL-INIT */
}

static NDIS_STATUS PoolRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(RestartParameters);

    Block = NdisAllocateMemoryWithTagPriority(filter->Handle, BLOCK_SIZE, FILTER_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
#ifndef MISTAKE
    CreatePool(filter);
#endif
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS PoolPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    if (filter->Pool != NULL) {
        NdisFreeBufferPool(filter->Pool);
        filter->Pool = NULL;
    }
    NdisFreeMemory(Block, 0, 0);
    return NDIS_STATUS_SUCCESS;
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;
    NDIS_STATUS status;
    PNDIS_BUFFER buffer;

    if (filter->Pool == NULL) {
        CreatePool(filter);
    }
    NdisAllocateBuffer(&status, &buffer, filter->Pool, Block, BLOCK_SIZE);
    if (status == NDIS_STATUS_SUCCESS) {
        NdisFreeBuffer(buffer);
    }
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}
