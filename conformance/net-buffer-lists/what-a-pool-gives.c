/* The three makes of pools: lists alone, with a NET_BUFFER, and with MDL and data too. */
#include "../rules/pools.h"

static VOID Print(PCSTR What, PNET_BUFFER_LIST List)
{
    PNET_BUFFER netBuffer = NET_BUFFER_LIST_FIRST_NB(List);

    if (netBuffer == NULL) {
        DbgPrint("%s: no NET_BUFFER\n", What);
    } else if (NET_BUFFER_FIRST_MDL(netBuffer) == NULL) {
        DbgPrint("%s: a NET_BUFFER without data\n", What);
    } else {
        DbgPrint("%s: %u of %u bytes used\n", What, NET_BUFFER_DATA_LENGTH(netBuffer),
                 MmGetMdlByteCount(NET_BUFFER_FIRST_MDL(netBuffer)));
    }
}

static PNET_BUFFER_LIST One(PCSTR What, NDIS_HANDLE Pool)
{
    PNET_BUFFER_LIST list = NdisAllocateNetBufferList(Pool, 0, 0);

    Print(What, list);
    DbgPrint("  next %p, status 0x%08x, flags 0x%x and 0x%x, source %p, parent %p, pool %s\n",
             NET_BUFFER_LIST_NEXT_NBL(list), NET_BUFFER_LIST_STATUS(list), NET_BUFFER_LIST_FLAGS(list),
             NET_BUFFER_LIST_NBL_FLAGS(list), list->SourceHandle, list->ParentNetBufferList,
             NdisGetPoolFromNetBufferList(list) == Pool ? "its own" : "?");
    return list;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST again;
    PUCHAR block;
    PMDL mdl;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
    parameters.ProtocolId = NDIS_PROTOCOL_ID_TCP_IP;
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    list = One("alone", pool);
    DbgPrint("  protocol %u\n", NdisGetNetBufferListProtocolId(list));

    /* Whatever was written, the list is as new when it is used again. */
    NET_BUFFER_LIST_STATUS(list) = NDIS_STATUS_RESOURCES;
    NET_BUFFER_LIST_FLAGS(list) = 0x80000000;
    NET_BUFFER_LIST_NBL_FLAGS(list) = NDIS_NBL_FLAGS_IS_IPV4;
    NET_BUFFER_LIST_PROTOCOL_RESERVED(list)[3] = list;
    NET_BUFFER_LIST_MINIPORT_RESERVED(list)[1] = list;
    list->Scratch = list;
    list->ChildRefCount = 3;
    NdisFreeNetBufferList(list);
    again = One("again", pool);
    DbgPrint("  the same: %s, reserved %p %p, scratch %p, children %d\n", again == list ? "yes" : "no",
             NET_BUFFER_LIST_PROTOCOL_RESERVED(again)[3], NET_BUFFER_LIST_MINIPORT_RESERVED(again)[1], again->Scratch,
             again->ChildRefCount);
    DbgPrint("  %u words for the protocol, %u for the miniport\n",
             RTL_NUMBER_OF(NET_BUFFER_LIST_PROTOCOL_RESERVED(again)),
             RTL_NUMBER_OF(NET_BUFFER_LIST_MINIPORT_RESERVED(again)));
    NdisFreeNetBufferList(again);
    NdisFreeNetBufferListPool(pool);

    InitNetBufferListPoolParameters(&parameters, TRUE, 0);
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    list = One("with a NET_BUFFER", pool);
    NdisFreeNetBufferList(list);
    block = NdisAllocateMemoryWithTagPriority(NULL, 100, POOL_TAG, NormalPoolPriority);
    mdl = NdisAllocateMdl(NULL, block, 100);
    list = NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, mdl, 14, 86);
    Print("over a chain", list);
    NdisFreeNetBufferList(list);
    list = NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, NULL, 0, 0);
    Print("over no chain", list);
    NdisFreeNetBufferList(list);
    NdisFreeMdl(mdl);
    NdisFreeMemory(block, 0, 0);
    NdisFreeNetBufferListPool(pool);

    InitNetBufferListPoolParameters(&parameters, TRUE, 1514);
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    list = One("with data", pool);
    NdisFreeNetBufferList(list);
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}

/* prints
alone: no NET_BUFFER
  next 00000000, status 0x00000000, flags 0x0 and 0x0, source 00000000, parent 00000000, pool its own
  protocol 2
again: no NET_BUFFER
  next 00000000, status 0x00000000, flags 0x0 and 0x0, source 00000000, parent 00000000, pool its own
  the same: yes, reserved 00000000 00000000, scratch 00000000, children 0
  4 words for the protocol, 2 for the miniport
with a NET_BUFFER: a NET_BUFFER without data
  next 00000000, status 0x00000000, flags 0x0 and 0x0, source 00000000, parent 00000000, pool its own
over a chain: 86 of 100 bytes used
over no chain: a NET_BUFFER without data
with data: 0 of 1514 bytes used
  next 00000000, status 0x00000000, flags 0x0 and 0x0, source 00000000, parent 00000000, pool its own
*/
