/* fails: mapping 1 */
/* A filter looks into frames by the macro that cannot say that a frame's pages could not be mapped. */
#include "filter.h"

static VOID Receive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                    ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;
    PMDL mdl = NET_BUFFER_CURRENT_MDL(NET_BUFFER_LIST_FIRST_NB(NetBufferLists));
    PUCHAR data;

#ifdef MISTAKE
    data = MmGetSystemAddressForMdl(mdl); /* at BUF-UNSAFE */
#else
    data = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
#endif
    if (data != NULL) {
        filter->Outstanding += data[0];
    }
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = Receive;
}
