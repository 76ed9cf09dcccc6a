/* direction: send */
/* Of the lists that complete together only the first is completed upwards. */
#include "filter.h"

FILTER_SEND_NET_BUFFER_LISTS FilterSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FilterSendComplete;

static ULONG Completed;

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
}

VOID FilterSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST next;

    for (list = NetBufferList; list != NULL; list = next) { /* at NBL-LEAK */
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        NdisFSendNetBufferListsComplete(filter->Handle, list, SendCompleteFlags);
        Completed++;
#ifdef MISTAKE
        break;
#endif
    }
}
