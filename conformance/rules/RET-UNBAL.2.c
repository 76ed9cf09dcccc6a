/* direction: send */
/* A header goes in front of every sent frame, and only a part of it is taken off on completion. */
#include "filter.h"

#define TAG_SIZE 8

#ifdef MISTAKE
#define TAKEN_OFF 4
#else
#define TAKEN_OFF TAG_SIZE
#endif

FILTER_SEND_NET_BUFFER_LISTS FilterSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FilterSendComplete;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->SendNetBufferListsHandler = FilterSend;
    Characteristics->SendNetBufferListsCompleteHandler = FilterSendComplete;
}

static BOOLEAN AddTag(PNET_BUFFER NetBuffer)
{
    PUCHAR tag;

    if (NdisRetreatNetBufferDataStart(NetBuffer, TAG_SIZE, 0, NULL) != NDIS_STATUS_SUCCESS) {
        return FALSE;
    }
    tag = NdisGetDataBuffer(NetBuffer, TAG_SIZE, NULL, 1, 0);
    if (tag != NULL) {
        NdisZeroMemory(tag, TAG_SIZE);
    }
    return TRUE;
}

VOID FilterSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber,
                ULONG SendFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST next;

    for (list = NetBufferList; list != NULL; list = next) {
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        if (AddTag(NET_BUFFER_LIST_FIRST_NB(list))) {
            NdisFSendNetBufferLists(filter->Handle, list, PortNumber, SendFlags);
        } else {
            NET_BUFFER_LIST_STATUS(list) = NDIS_STATUS_RESOURCES;
            NdisFSendNetBufferListsComplete(filter->Handle, list, 0);
        }
    }
}

VOID FilterSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;

    for (list = NetBufferList; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        NdisAdvanceNetBufferDataStart(NET_BUFFER_LIST_FIRST_NB(list), TAKEN_OFF, TRUE, NULL);
    }
    NdisFSendNetBufferListsComplete(filter->Handle, NetBufferList, SendCompleteFlags); /* at RET-UNBAL */
}
