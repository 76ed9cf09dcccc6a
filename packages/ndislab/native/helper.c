/*
 * See README.md. An address is a pointer: the machine's memory is this module's. Nobody takes the address of a local
 * variable: there is no stack to put it on.
 */
#include "native.h"

/* Moves bytes within the memory. */
EXPORTED("copyBytes")
VOID CopyBytes(PVOID to, const VOID *from, ULONG length)
{
    Move(to, from, length);
}

/* As Copy, of chains that do not start in the middle of a NET_BUFFER. */
EXPORTED("copyChain")
ULONG CopyChain(const MDL *to, ULONG toOffset, const MDL *from, ULONG fromOffset, ULONG length)
{
    return Copy(to, toOffset, from, fromOffset, length);
}

/* NdisCopyFromNetBufferToNetBuffer, as CopyData has it. */
EXPORTED("copyNetBuffer")
ULONG CopyNetBuffer(const NET_BUFFER *to, ULONG toOffset, ULONG length, const NET_BUFFER *from, ULONG fromOffset)
{
    return CopyData(to, toOffset, length, from, fromOffset);
}

/*
 * Takes up to `count` NET_BUFFERs with data off a free list, writes each as an allocation leaves it, and their addresses
 * to `out`, behind them what is left of the list. `mdlStart` and `dataStart` are bytes from a NET_BUFFER to the MDL and
 * the data that came with it; the image of the MDL lies in front of the data.
 */
EXPORTED("takeNetBuffers")
ULONG TakeNetBuffers(NET_BUFFER *list, NET_BUFFER **out, ULONG count, NDIS_HANDLE pool, ULONG state, ULONG mdlStart,
                     ULONG dataStart)
{
    ULONG taken;

    for (taken = 0; taken < count && list != NULL; taken++) {
        NET_BUFFER *netBuffer = list;
        PMDL mdl = (PMDL)((PUCHAR)netBuffer + mdlStart);

        list = netBuffer->NdisReserved[0];
        CLEAR(netBuffer);
        netBuffer->CurrentMdl = mdl;
        netBuffer->MdlChain = mdl;
        netBuffer->NdisPoolHandle = pool;
        netBuffer->NdisReserved[0] = (PVOID)state;
        *(MDL_IMAGE *)mdl = *(const MDL_IMAGE *)((PUCHAR)netBuffer + dataStart - sizeof(MDL_IMAGE));
        out[taken] = netBuffer;
    }
    out[taken] = list;
    return taken;
}

/*
 * Puts NET_BUFFERs that came with data back on a free list, whose head is then the last of them. Stops at the first that
 * is not alive, not of the pool, or has an MDL of a retreat in front: how many went back.
 */
EXPORTED("giveNetBuffers")
ULONG GiveNetBuffers(NET_BUFFER *list, NET_BUFFER *const *netBuffers, ULONG count, NDIS_HANDLE pool, ULONG state)
{
    ULONG given;

    for (given = 0; given < count; given++) {
        NET_BUFFER *netBuffer = netBuffers[given];

        if (netBuffer->NdisReserved[0] != (PVOID)state || netBuffer->NdisPoolHandle != pool ||
            netBuffer->NdisReserved[1] != NULL) {
            break;
        }
        netBuffer->NdisReserved[0] = list;
        list = netBuffer;
    }
    return given;
}

#define PREFIX(mdl) ((NDISLAB_MDL_PREFIX *)(mdl)-1)

/* Pages that the MDL in a slot of 64 bytes can describe. */
#define SLOT_PAGES ((64 - sizeof(NDISLAB_MDL_PREFIX) - sizeof(MDL)) / sizeof(ULONG))

/* Writes a whole MDL over `length` bytes from `offset` of what another maps; FALSE when a slot has no room for it. */
static BOOLEAN Describe(MDL *mdl, const MDL *source, ULONG offset, ULONG length)
{
    ULONG start = source->ByteOffset + offset;
    ULONG byteOffset = start % PAGE_SIZE;
    ULONG pages = (byteOffset + length + PAGE_SIZE - 1) / PAGE_SIZE;
    USHORT flags = source->MdlFlags;
    const ULONG *from = (const ULONG *)(source + 1) + start / PAGE_SIZE;
    ULONG *to = (ULONG *)(mdl + 1);

    if (pages > SLOT_PAGES) {
        return FALSE;
    }
    mdl->Next = NULL;
    mdl->Size = (USHORT)(sizeof(MDL) + pages * sizeof(ULONG));
    mdl->MdlFlags = (USHORT)(MDL_PARTIAL | (flags & HAS_ADDRESS) |
                             ((flags & MDL_MAPPED_TO_SYSTEM_VA) != 0 ? MDL_PARENT_MAPPED_SYSTEM_VA : 0));
    mdl->Process = source->Process;
    mdl->MappedSystemVa = (flags & HAS_ADDRESS) != 0 ? (PUCHAR)source->MappedSystemVa + offset : NULL;
    mdl->StartVa = (PUCHAR)source->StartVa + start - byteOffset;
    mdl->ByteCount = length;
    mdl->ByteOffset = byteOffset;
    for (ULONG page = 0; page < pages; page++) {
        to[page] = from[page];
    }
    return TRUE;
}

/*
 * NdisAllocateCloneNetBufferList as it mostly is: of a list with one NET_BUFFER, into a list of `lists` that brings its
 * own, with MDLs from the free list of `mdls`. NULL, and nothing done, in any other case and when a free list is too
 * short. `derivation` goes behind the information slots; the states are what is entered in what is out.
 */
EXPORTED("cloneList")
NET_BUFFER_LIST *CloneList(const NET_BUFFER_LIST *original, NDIS_HANDLE pool, NDISLAB_POOL *lists, NDISLAB_POOL *mdls,
                           ULONG derivation, ULONG listState, ULONG netBufferState, ULONG mdlState)
{
    NET_BUFFER_LIST *list = (NET_BUFFER_LIST *)lists->FreeList;
    NET_BUFFER *netBuffer = (NET_BUFFER *)((PUCHAR)list + lists->NetBufferStart);
    const NET_BUFFER *from = original->FirstNetBuffer;
    MDL *next = (MDL *)mdls->FreeList;
    MDL *first = NULL;
    MDL *last = NULL;
    const MDL *source;
    ULONG skipped, rest, count = 0;

    if (list == NULL || !lists->HasNetBuffer || lists->DataSize != 0 || from == NULL || from->Next != NULL) {
        return NULL;
    }
    source = from->CurrentMdl;
    skipped = from->CurrentMdlOffset;
    for (rest = from->DataLength; rest != 0; source = source->Next) {
        ULONG piece;

        if (source == NULL || next == NULL) {
            return NULL;
        }
        if (skipped >= source->ByteCount) {
            skipped -= source->ByteCount;
            continue;
        }
        piece = LESSER(source->ByteCount - skipped, rest);
        if (!Describe(next, source, skipped, piece)) {
            return NULL;
        }
        if (last == NULL) {
            first = next;
        } else {
            last->Next = next;
        }
        last = next;
        next = (MDL *)PREFIX(next)->State;
        rest -= piece;
        skipped = 0;
        count++;
    }

    /* Until here a free MDL was written, which nobody reads: from here on it is done. */
    lists->FreeList = (ULONG)list->NdisReserved[0];
    lists->Allocations++;
    mdls->FreeList = (ULONG)next;
    mdls->Allocations += count;
    for (MDL *mdl = first; mdl != NULL; mdl = mdl->Next) {
        PREFIX(mdl)->Owner = (ULONG)netBuffer;
        PREFIX(mdl)->State = mdlState;
    }
    CLEAR(list);
    list->FirstNetBuffer = netBuffer;
    list->NdisPoolHandle = pool;
    list->NdisReserved[0] = (PVOID)listState;
    list->NetBufferListInfo[NetBufferListProtocolId] = (PVOID)lists->ProtocolId;
    ((ULONG *)(list + 1))[-1] = derivation;
    CLEAR(netBuffer);
    netBuffer->CurrentMdl = first;
    netBuffer->MdlChain = first;
    netBuffer->DataLength = from->DataLength;
    netBuffer->NdisPoolHandle = pool;
    netBuffer->NdisReserved[0] = (PVOID)netBufferState;
    return list;
}

/*
 * NdisFreeCloneNetBufferList of what CloneList gave, if it still is as that: its one NET_BUFFER and no other, without an
 * MDL of a retreat. FALSE, and nothing done, in any other case.
 */
EXPORTED("freeClone")
BOOLEAN FreeClone(NET_BUFFER_LIST *list, NDISLAB_POOL *lists, NDISLAB_POOL *mdls, ULONG mdlState)
{
    NET_BUFFER *netBuffer = list->FirstNetBuffer;
    ULONG count = 0;
    MDL *mdl, *next;

    if (!lists->HasNetBuffer || netBuffer != (NET_BUFFER *)((PUCHAR)list + lists->NetBufferStart) ||
        netBuffer->Next != NULL || netBuffer->NdisReserved[1] != NULL) {
        return FALSE;
    }
    for (mdl = netBuffer->MdlChain; mdl != NULL; mdl = mdl->Next) {
        if (PREFIX(mdl)->Owner == (ULONG)netBuffer && PREFIX(mdl)->State != mdlState) {
            return FALSE;
        }
    }
    for (mdl = netBuffer->MdlChain; mdl != NULL; mdl = next) {
        next = mdl->Next;
        if (PREFIX(mdl)->Owner == (ULONG)netBuffer) {
            PREFIX(mdl)->State = mdls->FreeList;
            mdls->FreeList = (ULONG)mdl;
            count++;
        }
    }
    mdls->Frees += count;
    netBuffer->NdisReserved[0] = NULL;
    ((ULONG *)(list + 1))[-1] = 0;
    list->NdisReserved[0] = (PVOID)lists->FreeList;
    lists->FreeList = (ULONG)list;
    lists->Frees++;
    return TRUE;
}
