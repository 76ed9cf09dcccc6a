/* An assertion that also holds in a free build fails. */
#include "filter.h"

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;

#ifdef MISTAKE
    /* Whoever wrote this had only ever seen lists come one by one. */
    NT_FRE_ASSERT(NumberOfNetBufferLists == 1); /* at DRIVER-TRAP */
#endif
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}
