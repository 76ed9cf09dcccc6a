/* A filter keeps notes in the context of the lists it passes on, and gives them back with the notes still on. */
#include "filter.h"

#define NOTES_TAG 'etoN'

typedef struct _NOTES {
    ULONG Length;
    ULONG Port;
} NOTES, *PNOTES;

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

    for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        PNOTES notes;
        NDIS_STATUS status =
            NdisAllocateNetBufferListContext(list, sizeof(NOTES), 0, NOTES_TAG); /* allocated NBL-CTXLEFT */

        if (status != NDIS_STATUS_SUCCESS) {
            continue;
        }
        notes = (PNOTES)NET_BUFFER_LIST_CONTEXT_DATA_START(list);
        notes->Length = NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(list));
        notes->Port = PortNumber;
    }
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;
#ifndef MISTAKE
    PNET_BUFFER_LIST list;

    for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        NdisFreeNetBufferListContext(list, sizeof(NOTES));
    }
#endif
    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags); /* at NBL-CTXLEFT */
}
