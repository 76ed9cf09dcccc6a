/* A header of received frames is skipped for a look behind it, with FreeMdl as if the driver had put it there. */
#include "filter.h"

#define HEADER_SIZE 14

#ifdef MISTAKE
#define FREE_MDL TRUE
#else
#define FREE_MDL FALSE
#endif

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
}

static VOID LookBehindHeader(PNET_BUFFER NetBuffer)
{
    PUCHAR payload;

    NdisAdvanceNetBufferDataStart(NetBuffer, HEADER_SIZE, FREE_MDL, NULL); /* at ADV-RXFREE */
    payload = NdisGetDataBuffer(NetBuffer, 1, NULL, 1, 0);
    if (payload != NULL) {
        DbgPrint("payload starts with %u\n", payload[0]);
    }
    NdisRetreatNetBufferDataStart(NetBuffer, HEADER_SIZE, 0, NULL);
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;

    for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        LookBehindHeader(NET_BUFFER_LIST_FIRST_NB(list));
    }
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}
