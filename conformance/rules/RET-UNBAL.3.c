/* A header is skipped on the way up, and there is no handler that could put it back on the way down. */
#include "filter.h"

#define HEADER_SIZE 14

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
#ifndef MISTAKE
    Characteristics->ReturnNetBufferListsHandler = FilterReturn;
#endif
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;

    for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        NdisAdvanceNetBufferDataStart(NET_BUFFER_LIST_FIRST_NB(list), HEADER_SIZE, FALSE, NULL); /* at RET-UNBAL */
    }
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;

    for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        NdisRetreatNetBufferDataStart(NET_BUFFER_LIST_FIRST_NB(list), HEADER_SIZE, 0, NULL);
    }
    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags);
}
