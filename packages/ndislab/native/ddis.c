/*
 * See README.md. The functions that a driver calls for every packet, as they mostly go: whatever is more than a few
 * loads and stores is left to the same function in TypeScript, with nothing done before. An address is a pointer: the
 * machine's memory is this module's.
 */
#include "lists.h"

/* A function of NDIS under its name, and the same in TypeScript. */
#define DDI(type, name, parameters)                                                              \
    __attribute__((import_module("ddi"), import_name(#name))) type InTypeScript_##name parameters; \
    EXPORTED(#name) type name parameters

#define IN_TYPESCRIPT(name) InTypeScript_##name

DDI(PNET_BUFFER_LIST, NdisAllocateNetBufferList, (NDIS_HANDLE poolHandle, USHORT contextSize, USHORT contextBackFill))
{
    NDISLAB_POOL *pool = ListPool(poolHandle);

    if (!HasPlainList(pool) || contextSize != 0 || contextBackFill != 0) {
        return IN_TYPESCRIPT(NdisAllocateNetBufferList)(poolHandle, contextSize, contextBackFill);
    }
    return TakeList(pool);
}

DDI(PNET_BUFFER_LIST, NdisAllocateNetBufferAndNetBufferList,
    (NDIS_HANDLE poolHandle, USHORT contextSize, USHORT contextBackFill, PMDL mdlChain, ULONG dataOffset,
     SIZE_T dataLength))
{
    NDISLAB_POOL *pool = ListPool(poolHandle);
    NET_BUFFER_LIST *list;
    NET_BUFFER *netBuffer;

    if (!HasPlainList(pool) || contextSize != 0 || contextBackFill != 0 || !pool->HasNetBuffer || pool->DataSize != 0 || mdlChain == NULL || dataOffset >= mdlChain->ByteCount) {
        return IN_TYPESCRIPT(NdisAllocateNetBufferAndNetBufferList)(poolHandle, contextSize, contextBackFill, mdlChain,
                                                                    dataOffset, dataLength);
    }
    list = TakeList(pool);
    netBuffer = list->FirstNetBuffer;
    netBuffer->MdlChain = mdlChain;
    netBuffer->CurrentMdl = mdlChain;
    netBuffer->DataOffset = dataOffset;
    netBuffer->CurrentMdlOffset = dataOffset;
    netBuffer->DataLength = dataLength;
    return list;
}

DDI(VOID, NdisFreeNetBufferList, (PNET_BUFFER_LIST list))
{
    NDISLAB_POOL *pool = PoolToFreeTo(list);

    if (pool == NULL) {
        IN_TYPESCRIPT(NdisFreeNetBufferList)(list);
        return;
    }
    GiveList(pool, list);
}

DDI(NDIS_HANDLE, NdisGetPoolFromNetBufferList, (const NET_BUFFER_LIST *list))
{
    return list->NdisPoolHandle;
}

DDI(PVOID, NdisGetDataBuffer,
    (PNET_BUFFER netBuffer, ULONG bytesNeeded, PVOID storage, ULONG alignMultiple, ULONG alignOffset))
{
    PVOID bytes = alignMultiple == 1 && alignOffset == 0 ? InPlace(netBuffer, bytesNeeded) : NULL;

    return bytes != NULL ? bytes
                         : IN_TYPESCRIPT(NdisGetDataBuffer)(netBuffer, bytesNeeded, storage, alignMultiple, alignOffset);
}

DDI(NDIS_STATUS, NdisCopyFromNetBufferToNetBuffer,
    (PNET_BUFFER to, ULONG toOffset, ULONG length, const NET_BUFFER *from, ULONG fromOffset, PULONG copied))
{
    ULONG bytes = CopyData(to, toOffset, length, from, fromOffset);

    if (bytes == NOT_MAPPED) {
        return IN_TYPESCRIPT(NdisCopyFromNetBufferToNetBuffer)(to, toOffset, length, from, fromOffset, copied);
    }
    *copied = bytes;
    return NDIS_STATUS_SUCCESS;
}

DDI(NDIS_STATUS, NdisRetreatNetBufferDataStart,
    (PNET_BUFFER netBuffer, ULONG delta, ULONG backFill, NET_BUFFER_ALLOCATE_MDL_HANDLER allocateHandler))
{
    return delta != 0 && RetreatInMdl(netBuffer, delta)
               ? NDIS_STATUS_SUCCESS
               : IN_TYPESCRIPT(NdisRetreatNetBufferDataStart)(netBuffer, delta, backFill, allocateHandler);
}

DDI(VOID, NdisAdvanceNetBufferDataStart,
    (PNET_BUFFER netBuffer, ULONG delta, BOOLEAN freeMdl, NET_BUFFER_FREE_MDL_HANDLER freeHandler))
{
    if (!AdvanceInMdl(netBuffer, delta)) {
        IN_TYPESCRIPT(NdisAdvanceNetBufferDataStart)(netBuffer, delta, freeMdl, freeHandler);
    }
}

/* Puts a frame into a list of the host's. */
EXPORTED("fillList")
VOID FillList(NET_BUFFER_LIST *list, const VOID *frame, ULONG length)
{
    NET_BUFFER *netBuffer = list->FirstNetBuffer;
    const MDL *mdl = netBuffer->CurrentMdl;

    netBuffer->DataLength = length;
    Move((PUCHAR)mdl->StartVa + mdl->ByteOffset, frame, length);
}

/* Frees the lists of a chain, up to the first of which more is to be done: that one, and NULL when there is none. */
EXPORTED("giveLists")
NET_BUFFER_LIST *GiveLists(NET_BUFFER_LIST *lists)
{
    NET_BUFFER_LIST *list;
    NDISLAB_POOL *pool;

    for (list = lists; list != NULL && (pool = PoolToFreeTo(list)) != NULL; list = list->Next) {
        GiveList(pool, list);
    }
    return list;
}

/*
 * Takes up to `count` lists off the free list of a pool for `source`, their addresses to `out`: how many.
 */
EXPORTED("takeLists")
ULONG TakeLists(NDISLAB_POOL *pool, NDIS_HANDLE source, NET_BUFFER_LIST **out, ULONG count)
{
    ULONG taken;

    for (taken = 0; taken < count && pool->FreeList != 0; taken++) {
        NET_BUFFER_LIST *list = TakeList(pool);

        list->SourceHandle = source;
        out[taken] = list;
    }
    return taken;
}

/* Where the data of a list's one NET_BUFFER is. */
typedef struct {
    const NET_BUFFER_LIST *List;
    ULONG Address;
    ULONG Length;
} FRAME;

/*
 * Writes up to `count` of the frames that the lists of a chain carry to `out`: up to the first list of which more is to
 * be said, with several NET_BUFFERs or data in several MDLs. How many.
 */
EXPORTED("framesOf")
ULONG FramesOf(const NET_BUFFER_LIST *lists, FRAME *out, ULONG count)
{
    const NET_BUFFER_LIST *list = lists;
    ULONG found;

    for (found = 0; found < count && list != NULL && MayLieAt((ULONG)list, sizeof *list, 8); found++) {
        const NET_BUFFER *netBuffer = list->FirstNetBuffer;
        const MDL *mdl;
        ULONG64 address;

        if (netBuffer == NULL || !MayLieAt((ULONG)netBuffer, sizeof *netBuffer, 8) || netBuffer->Next != NULL) {
            break;
        }
        mdl = netBuffer->CurrentMdl;
        if (mdl == NULL || !MayLieAt((ULONG)mdl, sizeof *mdl, 4) || mdl->ByteCount < netBuffer->CurrentMdlOffset ||
            mdl->ByteCount - netBuffer->CurrentMdlOffset < netBuffer->DataLength) {
            break;
        }
        /* Where the pages are, mapped by the driver or not. */
        address = (ULONG64)(ULONG)mdl->StartVa + mdl->ByteOffset + netBuffer->CurrentMdlOffset;
        if (address == 0 || address + netBuffer->DataLength > MEMORY_SIZE) {
            break;
        }
        out[found].List = list;
        out[found].Address = (ULONG)address;
        out[found].Length = netBuffer->DataLength;
        list = list->Next;
    }
    return found;
}
