/* A list is filled in on the stack and indicated. */
#include "filter.h"

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
    Characteristics->ReturnNetBufferListsHandler = FilterReturn;
}

#ifdef MISTAKE
/* Shows a second list over the same data to those above, for the time of the call. */
static VOID IndicateCopy(PFILTER Filter, PNET_BUFFER_LIST Original)
{
    NET_BUFFER_LIST copy;

    NdisZeroMemory(&copy, sizeof(copy));
    NET_BUFFER_LIST_FIRST_NB(&copy) = NET_BUFFER_LIST_FIRST_NB(Original);
    copy.SourceHandle = Filter->Handle;
    NdisFIndicateReceiveNetBufferLists(Filter->Handle, &copy, 0, 1, NDIS_RECEIVE_FLAGS_RESOURCES); /* at NBL-NOTPOOL */
}
#endif

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;

#ifdef MISTAKE
    IndicateCopy(filter, NetBufferLists);
#endif
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;

    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags);
}
