/* direction: send */
/* A filter does not let frames through, and completes them as if it were still at it. */
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
    PNET_BUFFER_LIST list;
    ULONG completeFlags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    for (list = NetBufferList; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
#ifdef MISTAKE
        NET_BUFFER_LIST_STATUS(list) = NDIS_STATUS_PENDING;
#else
        NET_BUFFER_LIST_STATUS(list) = NDIS_STATUS_SEND_ABORTED;
#endif
    }
    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags)) {
        completeFlags = NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    }
    NdisFSendNetBufferListsComplete(filter->Handle, NetBufferList, completeFlags); /* at NBL-STATUS */
}

VOID FilterSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    PFILTER filter = FilterModuleContext;

    NdisFSendNetBufferListsComplete(filter->Handle, NetBufferList, SendCompleteFlags);
}
