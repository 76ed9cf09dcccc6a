/*
 * See README.md. The verifier's rules in front of what a driver calls for every packet. Most lists are plain: one
 * NET_BUFFER with its data in one MDL, and everything as it should be. Each question below is answered from a few words,
 * and yes means that none of the rules which stand behind it has anything to say; after a no they are asked one by one,
 * in TypeScript, with nothing done before. A rule that joins them joins the question too.
 */
#include "ledger.h"
#include "lists.h"

/* A function of NDIS under its name, and the same in TypeScript with all rules in front. */
#define GUARDED(type, name, parameters)                                                               \
    __attribute__((import_module("guarded"), import_name(#name))) type InTypeScript_##name parameters; \
    EXPORTED(#name) type name parameters

#define IN_TYPESCRIPT(name) InTypeScript_##name

/* See the cells in the memory's map. */
#define CELL(address) (*(const ULONG *)(address))

/* The number of the C call that is being made. */
#define SITE CELL(SITE_CELL)

/* Whether a call may be answered here: at an IRQL that suits all of them, and with nothing found yet. */
static inline BOOLEAN MayAnswer(VOID)
{
    return CELL(IRQL_CELL) <= DISPATCH_LEVEL && CELL(BROKEN_CELL) == 0;
}

/* More lists than these are not looked at here: they may go round in a circle. */
#define MOST_LISTS 4096

#define OWN_MDL(netBuffer) ((MDL *)((PUCHAR)((netBuffer) + 1) + sizeof(NDISLAB_MDL_PREFIX)))

/* The MDL of a NET_BUFFER as the ledger asks for it: 0 for the one that came with it. */
#define OTHER_MDL(netBuffer) ((netBuffer)->MdlChain == OWN_MDL(netBuffer) ? 0 : (ULONG)(netBuffer)->MdlChain)

/* `checkNetBuffer`: a NET_BUFFER that is alive and with the driver, of sound geometry. */
EXPORTED("isSound")
BOOLEAN IsSound(const NET_BUFFER *netBuffer)
{
    const MDL *mdl;
    ULONG other;

    if (!MayLieAt((ULONG)netBuffer, sizeof *netBuffer + sizeof(NDISLAB_MDL_PREFIX) + sizeof *mdl, 8)) {
        return FALSE;
    }
    mdl = netBuffer->MdlChain;
    other = OTHER_MDL(netBuffer);
    if (other != 0 && (other < NULL_PAGE_SIZE || !MayLieAt(other, sizeof *mdl, 4))) {
        return FALSE;
    }
    return mdl != NULL && netBuffer->CurrentMdl == mdl && netBuffer->CurrentMdlOffset == netBuffer->DataOffset &&
           mdl->Next == NULL && (ULONG64)netBuffer->DataOffset + netBuffer->DataLength <= mdl->ByteCount &&
           LedgerNetBufferIsSound((ULONG)netBuffer, netBuffer->NdisReserved[0] == (PVOID)NB_PREALLOCATED, other);
}

/* What the ledger has of a list with one NET_BUFFER, sound both; 0 for any other. */
static inline ULONG SingleListIs(const NET_BUFFER_LIST *list)
{
    if (!MayLieAt((ULONG)list, sizeof *list, 8) || (list->NblFlags & FRAME_FLAGS) != 0 ||
        !IsSound(list->FirstNetBuffer) || list->FirstNetBuffer->Next != NULL) {
        return 0;
    }
    return LedgerListIs((ULONG)list, (ULONG)list->SourceHandle, list->Flags);
}

/* Another driver's, with what is in the memory as it came. */
static inline BOOLEAN IsForeign(const NET_BUFFER_LIST *list, ULONG is)
{
    return (is & LIST_IS_FOREIGN) != 0 && list->NdisReserved[0] == (PVOID)NBL_LIVE &&
           ListPool(list->NdisPoolHandle) != NULL;
}

/* `checkPassed`: a list that the driver may pass on by the call of this filter, either way. */
EXPORTED("mayGoOn")
BOOLEAN MayGoOn(const NET_BUFFER_LIST *list, NDIS_HANDLE filter)
{
    ULONG is = SingleListIs(list);
    const NET_BUFFER *netBuffer;

    if (is == 0) {
        return FALSE;
    }
    if (IsForeign(list, is)) {
        return TRUE;
    }
    netBuffer = list->FirstNetBuffer;
    return (is & LIST_IS_OWN) != 0 && list->SourceHandle == filter && (list->Flags & NDIS_FLAGS) == 0 &&
           netBuffer->NdisReserved[1] == NULL && netBuffer->DataPhysicalAddress.QuadPart == 0;
}

/* `checkGivenBack`: another driver's list as it goes back to it; `sent` when that is the end of a send. */
EXPORTED("mayGoBack")
BOOLEAN MayGoBack(const NET_BUFFER_LIST *list, BOOLEAN sent)
{
    ULONG is = SingleListIs(list);

    return is != 0 && IsForeign(list, is) && list->ChildRefCount >= 0 &&
           (!sent || list->Status == NDIS_STATUS_SUCCESS) &&
           LedgerMayGoBack((ULONG)list, (ULONG)list->FirstNetBuffer);
}

/* NdisFreeNetBufferList's `checkFree`: a list of the driver's with nothing on it but what came with it. */
EXPORTED("mayBeFreed")
BOOLEAN MayBeFreed(const NET_BUFFER_LIST *list)
{
    const NDISLAB_POOL *pool;
    const NET_BUFFER *netBuffer;

    if (!MayLieAt((ULONG)list, sizeof *list, 8) || list->NdisReserved[0] != (PVOID)NBL_LIVE ||
        ((const ULONG *)(list + 1))[-1] != 0 || list->ChildRefCount < 0) {
        return FALSE;
    }
    pool = (const NDISLAB_POOL *)list->NdisPoolHandle;
    netBuffer = list->FirstNetBuffer;
    if (!MayLieAt((ULONG)pool, sizeof *pool, 4)) {
        return FALSE;
    }
    if (!pool->HasNetBuffer) {
        return netBuffer == NULL && LedgerMayBeFreed((ULONG)list, (ULONG)pool, 0);
    }
    return netBuffer == (NET_BUFFER *)((PUCHAR)list + pool->NetBufferStart) && netBuffer->Next == NULL &&
           netBuffer->NdisReserved[1] == NULL && LedgerMayBeFreed((ULONG)list, (ULONG)pool, (ULONG)netBuffer);
}

GUARDED(PVOID, NdisGetDataBuffer,
        (PNET_BUFFER netBuffer, ULONG bytesNeeded, PVOID storage, ULONG alignMultiple, ULONG alignOffset))
{
    PVOID bytes;

    if (alignMultiple == 1 && alignOffset == 0 && MayAnswer() &&
        (ULONG)storage < CELL(POOL_BASE_CELL) && IsSound(netBuffer) &&
        (bytes = InPlace(netBuffer, bytesNeeded)) != NULL) {
        return bytes;
    }
    return IN_TYPESCRIPT(NdisGetDataBuffer)(netBuffer, bytesNeeded, storage, alignMultiple, alignOffset);
}

/* Whether a copy goes from one MDL to another that lies elsewhere. Both NET_BUFFERs are sound, and have data in one. */
static inline BOOLEAN AreApart(const NET_BUFFER *to, ULONG toOffset, ULONG length, const NET_BUFFER *from,
                               ULONG fromOffset)
{
    const MDL *target = to->CurrentMdl;
    const MDL *source = from->CurrentMdl;
    ULONG64 start = (ULONG64)(ULONG)source->StartVa + source->ByteOffset;
    ULONG64 targetStart = (ULONG64)(ULONG)target->StartVa + target->ByteOffset;

    return (ULONG64)from->CurrentMdlOffset + fromOffset + length <= source->ByteCount &&
           (ULONG64)to->CurrentMdlOffset + toOffset + length <= target->ByteCount &&
           (start + source->ByteCount <= targetStart || targetStart + target->ByteCount <= start);
}

GUARDED(NDIS_STATUS, NdisCopyFromNetBufferToNetBuffer,
        (PNET_BUFFER to, ULONG toOffset, ULONG length, const NET_BUFFER *from, ULONG fromOffset, PULONG copied))
{
    ULONG bytes;

    if (MayAnswer() && IsSound(to) && IsSound(from) && AreApart(to, toOffset, length, from, fromOffset) &&
        (bytes = CopyData(to, toOffset, length, from, fromOffset)) != NOT_MAPPED) {
        *copied = bytes;
        return NDIS_STATUS_SUCCESS;
    }
    return IN_TYPESCRIPT(NdisCopyFromNetBufferToNetBuffer)(to, toOffset, length, from, fromOffset, copied);
}

GUARDED(PNET_BUFFER_LIST, NdisAllocateNetBufferList,
        (NDIS_HANDLE poolHandle, USHORT contextSize, USHORT contextBackFill))
{
    NDISLAB_POOL *pool = ListPool(poolHandle);
    NET_BUFFER_LIST *list;

    if (!HasPlainList(pool) || contextSize != 0 || contextBackFill != 0 || !MayAnswer()) {
        return IN_TYPESCRIPT(NdisAllocateNetBufferList)(poolHandle, contextSize, contextBackFill);
    }
    list = TakeList(pool);
    LedgerAllocated((ULONG)list, (ULONG)pool, SITE);
    return list;
}

GUARDED(VOID, NdisFreeNetBufferList, (PNET_BUFFER_LIST list))
{
    NDISLAB_POOL *pool = PoolToFreeTo(list);

    if (pool == NULL || list->Next != NULL || !MayAnswer() || !MayBeFreed(list)) {
        IN_TYPESCRIPT(NdisFreeNetBufferList)(list);
        return;
    }
    LedgerFreed((ULONG)list, SITE);
    GiveList(pool, list);
}

GUARDED(NDIS_HANDLE, NdisGetPoolFromNetBufferList, (const NET_BUFFER_LIST *list))
{
    if (MayLieAt((ULONG)list, sizeof *list, 8) && MayAnswer()) {
        ULONG is = LedgerListIs((ULONG)list, (ULONG)list->SourceHandle, list->Flags);

        if ((is & LIST_IS_OWN) != 0 || IsForeign(list, is)) {
            return list->NdisPoolHandle;
        }
    }
    return IN_TYPESCRIPT(NdisGetPoolFromNetBufferList)(list);
}

GUARDED(NDIS_STATUS, NdisRetreatNetBufferDataStart,
        (PNET_BUFFER netBuffer, ULONG delta, ULONG backFill, NET_BUFFER_ALLOCATE_MDL_HANDLER allocateHandler))
{
    if (delta == 0 || (LONG)delta < 0 || !MayAnswer() || !IsSound(netBuffer) ||
        !RetreatInMdl(netBuffer, delta)) {
        return IN_TYPESCRIPT(NdisRetreatNetBufferDataStart)(netBuffer, delta, backFill, allocateHandler);
    }
    LedgerMoved((ULONG)netBuffer, (LONG)delta, SITE);
    return NDIS_STATUS_SUCCESS;
}

GUARDED(VOID, NdisAdvanceNetBufferDataStart,
        (PNET_BUFFER netBuffer, ULONG delta, BOOLEAN freeMdl, NET_BUFFER_FREE_MDL_HANDLER freeHandler))
{
    if (freeMdl || (LONG)delta < 0 || !MayAnswer() || !IsSound(netBuffer) || !AdvanceInMdl(netBuffer, delta)) {
        IN_TYPESCRIPT(NdisAdvanceNetBufferDataStart)(netBuffer, delta, freeMdl, freeHandler);
        return;
    }
    LedgerMoved((ULONG)netBuffer, -(LONG)delta, SITE);
}

/* Lists that are about to be handed to the driver. */
EXPORTED("arrived")
VOID Arrived(const NET_BUFFER_LIST *lists, BOOLEAN received)
{
    for (const NET_BUFFER_LIST *list = lists; list != NULL; list = list->Next) {
        LedgerArrived((ULONG)list, (ULONG)list->SourceHandle, list->Flags, received);
    }
}

/*
 * What the guard of a call does that passes lists on, when it may go on with all of them: `way` is 1 for a send, 2 for
 * an indication, 0 for one after which the driver has the lists still. FALSE, and nothing done, in any other case.
 */
EXPORTED("passed")
BOOLEAN Passed(const NET_BUFFER_LIST *lists, NDIS_HANDLE filter, ULONG way)
{
    ULONG site = SITE;
    ULONG count = 0;

    if (!MayAnswer()) {
        return FALSE;
    }
    for (const NET_BUFFER_LIST *list = lists; list != NULL; list = list->Next) {
        if (++count > MOST_LISTS || !MayGoOn(list, filter)) {
            return FALSE;
        }
    }
    for (const NET_BUFFER_LIST *list = lists; list != NULL; list = list->Next) {
        const NET_BUFFER *netBuffer = list->FirstNetBuffer;

        LedgerShown((ULONG)list, site);
        if (way != 0) {
            LedgerPassed((ULONG)list, (ULONG)list | way, (ULONG)netBuffer, OTHER_MDL(netBuffer), WORDS(netBuffer));
        }
    }
    return TRUE;
}

/* The same of a call that gives lists back. */
EXPORTED("givenBack")
BOOLEAN GivenBack(const NET_BUFFER_LIST *lists, BOOLEAN sent)
{
    ULONG site = SITE;
    ULONG count = 0;

    if (!MayAnswer()) {
        return FALSE;
    }
    for (const NET_BUFFER_LIST *list = lists; list != NULL; list = list->Next) {
        if (++count > MOST_LISTS || !MayGoBack(list, sent)) {
            return FALSE;
        }
    }
    for (const NET_BUFFER_LIST *list = lists; list != NULL; list = list->Next) {
        LedgerGivenBack((ULONG)list, site);
    }
    return TRUE;
}

/*
 * Takes note that the driver has lists again which it passed on: up to the first that is not as it was, or of which more
 * is to be looked at than here. That one, and NULL when there is none.
 */
EXPORTED("cameBack")
const NET_BUFFER_LIST *CameBack(const NET_BUFFER_LIST *lists)
{
    const NET_BUFFER_LIST *list;
    ULONG count = 0;

    for (list = lists; list != NULL; list = list->Next) {
        const NET_BUFFER *netBuffer;
        const MDL *mdl;

        if (++count > MOST_LISTS || !MayLieAt((ULONG)list, sizeof *list, 8)) {
            break;
        }
        netBuffer = list->FirstNetBuffer;
        if (!LedgerIsAway((ULONG)list)) {
            continue;
        }
        if (!MayLieAt((ULONG)netBuffer, sizeof *netBuffer, 8) || netBuffer->Next != NULL) {
            break;
        }
        mdl = netBuffer->MdlChain;
        if ((ULONG)mdl < NULL_PAGE_SIZE || !MayLieAt((ULONG)mdl, sizeof *mdl, 4) || mdl->Next != NULL ||
            !LedgerCameBack((ULONG)list, (ULONG)netBuffer, OTHER_MDL(netBuffer), WORDS(netBuffer))) {
            break;
        }
    }
    return list;
}

/* `listIsBack`: whether nothing is to be said of lists of another driver that are back where they came from. */
EXPORTED("areBalanced")
BOOLEAN AreBalanced(const NET_BUFFER_LIST *lists)
{
    if (!MayAnswer()) {
        return FALSE;
    }
    for (const NET_BUFFER_LIST *list = lists; list != NULL; list = list->Next) {
        const NDISLAB_POOL *pool = ListPool(list->NdisPoolHandle);

        if (pool == NULL || !LedgerIsBalanced((ULONG)list + pool->NetBufferStart)) {
            return FALSE;
        }
    }
    return TRUE;
}
