/* An early return leaves a function without releasing its lock. */
#include "filter.h"

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;

static NDIS_SPIN_LOCK CountLock;
static ULONG Batches;
static ULONG LongestBatch;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    NdisAllocateSpinLock(&CountLock);
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
}

static VOID CountBatch(ULONG Length)
{
    NdisAcquireSpinLock(&CountLock); /* at SPIN-EXIT */
    Batches++;
    if (Length <= LongestBatch) {
        NdisReleaseSpinLock(&CountLock);
        return;
    }
    LongestBatch = Length;
#ifdef MISTAKE
    return;
#endif
    NdisReleaseSpinLock(&CountLock);
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;

    CountBatch(NumberOfNetBufferLists);
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}
