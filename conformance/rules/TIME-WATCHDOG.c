/* The pause waits for the lists that are out, but nobody completes it when the last one has come back. */
#include "filter.h"

static FILTER_PAUSE WaitingPause;
FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->PauseHandler = WaitingPause;
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
    Characteristics->ReturnNetBufferListsHandler = FilterReturn;
}

static NDIS_STATUS WaitingPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{ /* at TIME-WATCHDOG */
    PFILTER filter = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    filter->Pausing = TRUE;
#ifndef MISTAKE
    if (filter->Outstanding == 0) {
        return NDIS_STATUS_SUCCESS;
    }
#endif
    return NDIS_STATUS_PENDING;
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;

    filter->Outstanding += NumberOfNetBufferLists;
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;

    for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        filter->Outstanding--;
    }
    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags);
    if (filter->Pausing && filter->Outstanding == 0) {
        NdisFPauseComplete(filter->Handle);
    }
}
