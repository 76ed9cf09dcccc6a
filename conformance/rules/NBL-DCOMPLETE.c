/* The return handler gives every list back one by one, and then the chain as well. */
#include "filter.h"

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
    Characteristics->ReturnNetBufferListsHandler = FilterReturn;
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;

    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST next;

    for (list = NetBufferLists; list != NULL; list = next) {
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        NdisFReturnNetBufferLists(filter->Handle, list, ReturnFlags);
    }
#ifdef MISTAKE
    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags); /* at NBL-DCOMPLETE */
#endif
}
