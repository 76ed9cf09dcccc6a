/*
 * What a function of NDIS does with a list or a NET_BUFFER as it mostly is, without a look at whose it is.
 */
#pragma once
#include "native.h"

/* Bytes of the machine's memory, at most 2 GiB. */
#define MEMORY_SIZE (__builtin_wasm_memory_size(0) * 0x10000)

/* False for what cannot be the address of a structure of `size` bytes. */
static inline BOOLEAN MayLieAt(ULONG address, ULONG size, ULONG alignment)
{
    return address % alignment == 0 && address <= MEMORY_SIZE - size;
}

static inline NDISLAB_POOL *ListPool(NDIS_HANDLE handle)
{
    NDISLAB_POOL *pool = (NDISLAB_POOL *)handle;

    return MayLieAt((ULONG)pool, sizeof *pool, 4) && pool->Signature == POOL_NET_BUFFER_LIST ? pool : NULL;
}

/* Takes a list off the free list of a pool, which has one, and writes it and what comes with it as NDIS hands it out. */
static inline NET_BUFFER_LIST *TakeList(NDISLAB_POOL *pool)
{
    NET_BUFFER_LIST *list = (NET_BUFFER_LIST *)pool->FreeList;

    pool->FreeList = (ULONG)list->NdisReserved[0];
    pool->Allocations++;
    CLEAR(list);
    list->NdisPoolHandle = (NDIS_HANDLE)pool;
    list->NdisReserved[0] = (PVOID)NBL_LIVE;
    list->NetBufferListInfo[NetBufferListProtocolId] = (PVOID)pool->ProtocolId;
    if (pool->HasNetBuffer) {
        NET_BUFFER *netBuffer = (NET_BUFFER *)((PUCHAR)list + pool->NetBufferStart);

        list->FirstNetBuffer = netBuffer;
        CLEAR(netBuffer);
        netBuffer->NdisPoolHandle = (NDIS_HANDLE)pool;
        netBuffer->NdisReserved[0] = (PVOID)NB_PREALLOCATED;
        if (pool->DataStart != 0) {
            MDL *mdl = (MDL *)((PUCHAR)(netBuffer + 1) + sizeof(NDISLAB_MDL_PREFIX));

            netBuffer->CurrentMdl = mdl;
            netBuffer->MdlChain = mdl;
            *(MDL_IMAGE *)mdl = *(const MDL_IMAGE *)((PUCHAR)list + pool->DataStart - sizeof(MDL_IMAGE));
        }
    }
    return list;
}

/* True for a pool that has a list at hand, and no context with it. */
static inline BOOLEAN HasPlainList(const NDISLAB_POOL *pool)
{
    return pool != NULL && pool->FreeList != 0 && pool->ContextSize == 0;
}

/* The pool that a live list goes back to; NULL where more than that is to do. */
static inline NDISLAB_POOL *PoolToFreeTo(const NET_BUFFER_LIST *list)
{
    NDISLAB_POOL *pool;

    if (!MayLieAt((ULONG)list, sizeof *list, 8) || list->NdisReserved[0] != (PVOID)NBL_LIVE ||
        list->NdisReserved[1] != NULL) {
        return NULL;
    }
    pool = ListPool(list->NdisPoolHandle);
    return pool == NULL || pool->KeepsFreed ? NULL : pool;
}

/* Puts a list, with what came with it, back on the free list of its pool. */
static inline VOID GiveList(NDISLAB_POOL *pool, NET_BUFFER_LIST *list)
{
    if (pool->HasNetBuffer) {
        ((NET_BUFFER *)((PUCHAR)list + pool->NetBufferStart))->NdisReserved[0] = NULL;
    }
    pool->Frees++;
    list->NdisReserved[0] = (PVOID)pool->FreeList;
    pool->FreeList = (ULONG)list;
}

/* Where the first bytes of the data are, when one MDL that has an address has them all; else NULL. */
static inline PVOID InPlace(const NET_BUFFER *netBuffer, ULONG bytesNeeded)
{
    const MDL *mdl = netBuffer->CurrentMdl;
    ULONG offset = netBuffer->CurrentMdlOffset;

    return bytesNeeded != 0 && bytesNeeded <= netBuffer->DataLength && mdl != NULL && mdl->ByteCount > offset &&
                   mdl->ByteCount - offset >= bytesNeeded && (mdl->MdlFlags & HAS_ADDRESS) != 0 &&
                   mdl->MappedSystemVa != NULL
               ? (PUCHAR)mdl->MappedSystemVa + offset
               : NULL;
}

/* Moves the data start to the front, where the MDL of it has the room; FALSE, and nothing done, where not. */
static inline BOOLEAN RetreatInMdl(NET_BUFFER *netBuffer, ULONG delta)
{
    if (netBuffer->CurrentMdlOffset < delta || netBuffer->DataOffset < delta ||
        netBuffer->DataLength + delta < delta) {
        return FALSE;
    }
    netBuffer->DataOffset -= delta;
    netBuffer->CurrentMdlOffset -= delta;
    netBuffer->DataLength += delta;
    return TRUE;
}

/* Moves the data start to the back, within its MDL; FALSE, and nothing done, where more than that is to do. */
static inline BOOLEAN AdvanceInMdl(NET_BUFFER *netBuffer, ULONG delta)
{
    const MDL *mdl = netBuffer->CurrentMdl;
    ULONG64 end = (ULONG64)netBuffer->CurrentMdlOffset + delta;

    if (delta > netBuffer->DataLength || netBuffer->NdisReserved[1] != NULL || mdl == NULL || end >= mdl->ByteCount) {
        return FALSE;
    }
    netBuffer->DataOffset += delta;
    netBuffer->CurrentMdlOffset = (ULONG)end;
    netBuffer->DataLength -= delta;
    return TRUE;
}
