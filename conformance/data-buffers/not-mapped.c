/* fails: mapping 1 */
/* fails: mapping 2 */
/* The pages of received frames are only locked: looking into one, or copying it, has to map them, which can fail. */
#include "../rules/filter.h"
#include "../rules/pools.h"

#define COPY_SIZE 2048
#define HEADER_SIZE 14

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
}

static VOID Look(PNET_BUFFER NetBuffer)
{
    UCHAR storage[HEADER_SIZE];
    PUCHAR header = NdisGetDataBuffer(NetBuffer, HEADER_SIZE, storage, 1, 0);

    if (header == NULL) {
        DbgPrint("%u bytes: not mapped\n", NET_BUFFER_DATA_LENGTH(NetBuffer));
    } else {
        DbgPrint("%u bytes: type %02x%02x\n", NET_BUFFER_DATA_LENGTH(NetBuffer), header[12], header[13]);
    }
}

static VOID Keep(PNET_BUFFER To, PNET_BUFFER From)
{
    ULONG copied;
    NDIS_STATUS status = NdisCopyFromNetBufferToNetBuffer(To, 0, NET_BUFFER_DATA_LENGTH(From), From, 0, &copied);

    DbgPrint("copied %u: 0x%08x\n", copied, status);
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER copy;
    PNET_BUFFER_LIST list;

    InitNetBufferPoolParameters(&parameters, COPY_SIZE);
    pool = NdisAllocateNetBufferPool(filter->Handle, &parameters);
    copy = pool == NULL ? NULL : NdisAllocateNetBufferMdlAndData(pool);
    if (copy != NULL) {
        for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
            Look(NET_BUFFER_LIST_FIRST_NB(list));
            Keep(copy, NET_BUFFER_LIST_FIRST_NB(list));
        }
        NdisFreeNetBuffer(copy);
        NdisFreeNetBufferPool(pool);
    }
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}

/* prints
60 bytes: not mapped
copied 0: 0xc000009a
61 bytes: type 88b5
copied 61: 0x00000000
590 bytes: type 88b5
copied 590: 0x00000000
1514 bytes: type 88b5
copied 1514: 0x00000000
98 bytes: type 88b5
copied 98: 0x00000000
*/
