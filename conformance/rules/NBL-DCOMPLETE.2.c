/* direction: send */
/* Lists that were passed down are completed at once; the adapter completes them a second time. */
#include "filter.h"

FILTER_SEND_NET_BUFFER_LISTS FilterSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FilterSendComplete;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->SendNetBufferListsHandler = FilterSend;
    Characteristics->SendNetBufferListsCompleteHandler = FilterSendComplete;
}

VOID FilterSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber,
                ULONG SendFlags)
{
    PFILTER filter = FilterModuleContext;

    NdisFSendNetBufferLists(filter->Handle, NetBufferList, PortNumber, SendFlags);
#ifdef MISTAKE
    NdisFSendNetBufferListsComplete(filter->Handle, NetBufferList, 0); /* at NBL-DCOMPLETE */
#endif
}

VOID FilterSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    PFILTER filter = FilterModuleContext;

    NdisFSendNetBufferListsComplete(filter->Handle, NetBufferList, SendCompleteFlags);
}
