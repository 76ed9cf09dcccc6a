/* A list's only NET_BUFFER is linked to itself. */
#include "filter.h"

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
    Characteristics->ReturnNetBufferListsHandler = FilterReturn;
}

static VOID AppendBuffer(PNET_BUFFER_LIST List, PNET_BUFFER NetBuffer)
{
    PNET_BUFFER *link = &NET_BUFFER_LIST_FIRST_NB(List);

#ifdef MISTAKE
    while (*link != NULL) {
#else
    while (*link != NULL && *link != NetBuffer) {
#endif
        link = &NET_BUFFER_NEXT_NB(*link);
    }
    *link = NetBuffer;
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;

    AppendBuffer(NetBufferLists, NET_BUFFER_LIST_FIRST_NB(NetBufferLists));
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, /* at LIST-CYCLE */
                                       NumberOfNetBufferLists, ReceiveFlags);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER filter = FilterModuleContext;

    NdisFReturnNetBufferLists(filter->Handle, NetBufferLists, ReturnFlags);
}
