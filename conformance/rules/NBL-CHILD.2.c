/* Received frames go up as clones; when one comes back, its parent is returned before the clone is freed. */
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
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST next;
    PNET_BUFFER_LIST clone;

    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);
    for (list = NetBufferLists; list != NULL; list = next) {
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        clone = NdisAllocateCloneNetBufferList(list, NULL, NULL, 0); /* allocated NBL-CHILD */
        if (clone == NULL) {
            NdisFReturnNetBufferLists(filter->Handle, list, 0);
            continue;
        }
        clone->ParentNetBufferList = list;
        clone->SourceHandle = filter->Handle;
        NdisFIndicateReceiveNetBufferLists(filter->Handle, clone, PortNumber, 1, ReceiveFlags);
    }
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST clone;
    PNET_BUFFER_LIST next;
    PNET_BUFFER_LIST parent;

    for (clone = NetBufferLists; clone != NULL; clone = next) {
        next = NET_BUFFER_LIST_NEXT_NBL(clone);
        parent = clone->ParentNetBufferList;
#ifdef MISTAKE
        NdisFReturnNetBufferLists(filter->Handle, parent, ReturnFlags); /* at NBL-CHILD */
        NdisFreeCloneNetBufferList(clone, 0);
#else
        NdisFreeCloneNetBufferList(clone, 0);
        NdisFReturnNetBufferLists(filter->Handle, parent, ReturnFlags);
#endif
    }
}
