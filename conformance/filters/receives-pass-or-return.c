/* Received lists go up, but for one that the filter returns at once; the others come back and are returned then. */
#include "../rules/filter.h"

#define LONGEST 1000

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
    PNET_BUFFER_LIST list, next, passed = NULL, *end = &passed;
    NDIS_HANDLE source = NetBufferLists->SourceHandle;
    ULONG count = 0;

    DbgPrint("%u lists, level %u, flags %x\n", NumberOfNetBufferLists, KeGetCurrentIrql(), ReceiveFlags);
    DbgPrint("the source is another's: %d %d %d\n", source != NULL, source != filter, source != filter->Handle);
    for (list = NetBufferLists; list != NULL; list = next) {
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        if (list->SourceHandle != source) {
            DbgPrint("another source\n");
        }
        if (NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(list)) > LONGEST) {
            DbgPrint("returned at once\n");
            NdisFReturnNetBufferLists(filter->Handle, list, 0);
            continue;
        }
        *end = list;
        end = &NET_BUFFER_LIST_NEXT_NBL(list);
        count++;
    }
    NdisFIndicateReceiveNetBufferLists(filter->Handle, passed, PortNumber, count, ReceiveFlags);
    DbgPrint("%u indicated\n", count);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;
    ULONG count = 0;

    for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        count++;
    }
    DbgPrint("%u came back, level %u, flags %x\n", count, KeGetCurrentIrql(), ReturnFlags);
    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags);
}

/* prints
5 lists, level 2, flags 1
the source is another's: 1 1 1
returned at once
4 indicated
4 came back, level 2, flags 1
*/
