/* An error path of the receive handler neither indicates the list it looks at nor returns it. */
#include "filter.h"

#define ETHER_HEADER_SIZE 14
#define SHORTEST_ACCEPTED 64

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
    Characteristics->ReturnNetBufferListsHandler = FilterReturn;
}

static BOOLEAN IsAcceptable(PNET_BUFFER_LIST List)
{
    return NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(List)) >= SHORTEST_ACCEPTED;
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST next;

    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    for (list = NetBufferLists; list != NULL; list = next) { /* at NBL-LEAK */
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        if (!IsAcceptable(list)) {
#ifndef MISTAKE
            NdisFReturnNetBufferLists(filter->Handle, list, 0);
#endif
            continue;
        }
        NdisFIndicateReceiveNetBufferLists(filter->Handle, list, PortNumber, 1, ReceiveFlags);
    }
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;

    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags);
}
