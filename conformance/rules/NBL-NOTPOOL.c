/* A received list that is not wanted is freed instead of returned: it is the adapter's. */
#include "filter.h"

#define LONGEST_ACCEPTED 1500

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
    Characteristics->ReturnNetBufferListsHandler = FilterReturn;
}

static VOID DropList(PFILTER Filter, PNET_BUFFER_LIST List)
{
#ifdef MISTAKE
    NdisFreeNetBufferList(List); /* at NBL-NOTPOOL */
#else
    NdisFReturnNetBufferLists(Filter->Handle, List, 0);
#endif
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST next;

    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    for (list = NetBufferLists; list != NULL; list = next) {
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        if (NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(list)) > LONGEST_ACCEPTED) {
            DropList(filter, list);
        } else {
            NdisFIndicateReceiveNetBufferLists(filter->Handle, list, PortNumber, 1, ReceiveFlags);
        }
    }
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;

    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags);
}
