/* A filter strips a header by moving DataOffset alone, and indicates what is left. */
#include "filter.h"

#define HEADER_SIZE 14

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
    PNET_BUFFER netBuffer;

    for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        netBuffer = NET_BUFFER_LIST_FIRST_NB(list);
#ifdef MISTAKE
        NET_BUFFER_DATA_OFFSET(netBuffer) += HEADER_SIZE;
        NET_BUFFER_DATA_LENGTH(netBuffer) -= HEADER_SIZE;
#else
        NdisAdvanceNetBufferDataStart(netBuffer, HEADER_SIZE, FALSE, NULL);
#endif
    }
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, /* at NB-CURMDL */
                                       NumberOfNetBufferLists, ReceiveFlags);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;
    PNET_BUFFER netBuffer;

    for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        netBuffer = NET_BUFFER_LIST_FIRST_NB(list);
#ifdef MISTAKE
        NET_BUFFER_DATA_OFFSET(netBuffer) -= HEADER_SIZE;
        NET_BUFFER_DATA_LENGTH(netBuffer) += HEADER_SIZE;
#else
        NdisRetreatNetBufferDataStart(netBuffer, HEADER_SIZE, 0, NULL);
#endif
    }
    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags);
}
