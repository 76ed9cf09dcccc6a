/* direction: send */
/* Sent lists go down with a cancel ID, but for one that the filter completes at once; the others come back with a
   status and are completed then. */
#include "../rules/filter.h"

#define LONGEST 1000

FILTER_SEND_NET_BUFFER_LISTS FilterSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FilterSendComplete;
FILTER_CANCEL_SEND_NET_BUFFER_LISTS FilterCancelSend;

static PVOID CancelId;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->SendNetBufferListsHandler = FilterSend;
    Characteristics->SendNetBufferListsCompleteHandler = FilterSendComplete;
    Characteristics->CancelSendNetBufferListsHandler = FilterCancelSend;
}

VOID FilterSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber,
                ULONG SendFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list, next, passed = NULL, *end = &passed;
    NDIS_HANDLE source = NetBufferList->SourceHandle;

    DbgPrint("a chain to send, level %u, flags %x\n", KeGetCurrentIrql(), SendFlags);
    DbgPrint("the source is another's: %d %d %d\n", source != NULL, source != filter, source != filter->Handle);
    for (list = NetBufferList; list != NULL; list = next) {
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        if (NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(list)) > LONGEST) {
            DbgPrint("completed at once\n");
            list->Status = NDIS_STATUS_INVALID_LENGTH;
            NdisFSendNetBufferListsComplete(filter->Handle, list, 0);
            continue;
        }
        *end = list;
        end = &NET_BUFFER_LIST_NEXT_NBL(list);
    }
    NdisFSendNetBufferLists(filter->Handle, passed, PortNumber, SendFlags);
    FilterCancelSend(filter, &CancelId); /* as the driver above may do at any time */
    DbgPrint("sent\n");
}

VOID FilterSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;
    ULONG count = 0, well = 0;

    for (list = NetBufferList; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        count++;
        well += list->Status == NDIS_STATUS_SUCCESS;
    }
    DbgPrint("%u completed, %u well, level %u, flags %x\n", count, well, KeGetCurrentIrql(), SendCompleteFlags);
    NdisFSendNetBufferListsComplete(filter->Handle, NetBufferList, SendCompleteFlags);
}

VOID FilterCancelSend(NDIS_HANDLE FilterModuleContext, PVOID Id)
{
    PFILTER filter = FilterModuleContext;

    NdisFCancelSendNetBufferLists(filter->Handle, Id);
}

/* prints
a chain to send, level 2, flags 1
the source is another's: 1 1 1
completed at once
sent
4 completed, 4 well, level 2, flags 1
*/
