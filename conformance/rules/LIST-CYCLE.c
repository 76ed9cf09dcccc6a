/* The last of the received lists is moved to the front, and the one before it still leads to it. */
#include "filter.h"

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
    Characteristics->ReturnNetBufferListsHandler = FilterReturn;
}

/* Moves the last list to the front, for it is urgent. */
static PNET_BUFFER_LIST LastFirst(PNET_BUFFER_LIST First)
{
    PNET_BUFFER_LIST previous = NULL;
    PNET_BUFFER_LIST last = First;

    while (NET_BUFFER_LIST_NEXT_NBL(last) != NULL) {
        previous = last;
        last = NET_BUFFER_LIST_NEXT_NBL(last);
    }
    if (previous == NULL) {
        return First;
    }
#ifndef MISTAKE
    NET_BUFFER_LIST_NEXT_NBL(previous) = NULL;
#endif
    NET_BUFFER_LIST_NEXT_NBL(last) = First;
    return last;
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST lists = LastFirst(NetBufferLists);

    NdisFIndicateReceiveNetBufferLists(filter->Handle, lists, PortNumber, NumberOfNetBufferLists, /* at LIST-CYCLE */
                                       ReceiveFlags);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;

    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags);
}
