/*
 * See README.md. An address is a pointer: the machine's memory is this module's. Offsets have 64 bits, since the sum of
 * two of 32 may pass them.
 */
#include <ndis.h>

#define HELPER(name) __attribute__((export_name(name)))

/* What is kept of an MDL that comes with a NET_BUFFER: its header and the first page number. */
typedef struct {
    ULONG64 Words[4];
} MDL_IMAGE;

/* Some MDL of the chain has no system address. */
#define NOT_MAPPED 0xffffffffu

#define LESSER(a, b) ((ULONG)((a) < (b) ? (a) : (b)))

/* An MDL with one of these has a system address. */
#define HAS_ADDRESS (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)

/*
 * How many of `length` bytes from `offset` on a chain has; NOT_MAPPED when an MDL with some of them has no address.
 */
static ULONG MappedBytes(const MDL *mdl, ULONG64 offset, ULONG length)
{
    ULONG rest = length;

    for (; mdl != NULL && rest != 0; mdl = mdl->Next) {
        ULONG here;

        if (offset >= mdl->ByteCount) {
            offset -= mdl->ByteCount;
            continue;
        }
        if ((mdl->MdlFlags & HAS_ADDRESS) == 0 || mdl->MappedSystemVa == NULL) {
            return NOT_MAPPED;
        }
        here = mdl->ByteCount - (ULONG)offset;
        offset = 0;
        rest -= LESSER(here, rest);
    }
    return length - rest;
}

/* Moves bytes from one chain to another until `length` or either chain ends: how many. All of them are mapped. */
static ULONG Copy(const MDL *to, ULONG64 toOffset, const MDL *from, ULONG64 fromOffset, ULONG length)
{
    ULONG rest = length;

    while (rest != 0 && to != NULL && from != NULL) {
        ULONG piece;

        if (fromOffset >= from->ByteCount) {
            fromOffset -= from->ByteCount;
            from = from->Next;
            continue;
        }
        if (toOffset >= to->ByteCount) {
            toOffset -= to->ByteCount;
            to = to->Next;
            continue;
        }
        piece = LESSER(from->ByteCount - fromOffset, to->ByteCount - toOffset);
        piece = LESSER(piece, rest);
        __builtin_memmove((PUCHAR)to->MappedSystemVa + (ULONG)toOffset,
                          (PUCHAR)from->MappedSystemVa + (ULONG)fromOffset, piece);
        fromOffset += piece;
        toOffset += piece;
        rest -= piece;
    }
    return length - rest;
}

/* Moves bytes within the memory. */
HELPER("copyBytes")
VOID CopyBytes(PVOID to, const VOID *from, ULONG length)
{
    __builtin_memmove(to, from, length);
}

/* As Copy, of chains that do not start in the middle of a NET_BUFFER. */
HELPER("copyChain")
ULONG CopyChain(const MDL *to, ULONG toOffset, const MDL *from, ULONG fromOffset, ULONG length)
{
    return Copy(to, toOffset, from, fromOffset, length);
}

/*
 * NdisCopyFromNetBufferToNetBuffer; NOT_MAPPED, with nothing copied, when an MDL that has bytes to copy, or room for
 * them, has to be mapped first.
 */
HELPER("copyNetBuffer")
ULONG CopyNetBuffer(const NET_BUFFER *to, ULONG toOffset, ULONG length, const NET_BUFFER *from, ULONG fromOffset)
{
    ULONG64 toStart = (ULONG64)to->CurrentMdlOffset + toOffset;
    ULONG64 fromStart = (ULONG64)from->CurrentMdlOffset + fromOffset;
    ULONG wanted = from->DataLength > fromOffset ? LESSER(length, from->DataLength - fromOffset) : 0;
    ULONG room = MappedBytes(to->CurrentMdl, toStart, wanted);
    ULONG bytes = room == NOT_MAPPED ? NOT_MAPPED : MappedBytes(from->CurrentMdl, fromStart, room);

    return bytes == NOT_MAPPED ? NOT_MAPPED : Copy(to->CurrentMdl, toStart, from->CurrentMdl, fromStart, bytes);
}

/* Twelve stores; volatile, or clang makes a memory.fill of them, which costs more than all of them. */
static inline VOID Clear(NET_BUFFER *netBuffer)
{
    volatile ULONG64 *words = (volatile ULONG64 *)netBuffer;

    _Static_assert(sizeof(NET_BUFFER) == 12 * 8, "twelve stores");
#pragma unroll
    for (int i = 0; i < 12; i++) {
        words[i] = 0;
    }
}

/*
 * Takes up to `count` NET_BUFFERs with data off a free list, writes each as an allocation leaves it, and their addresses
 * to `out`, behind them what is left of the list. `mdlStart` and `dataStart` are bytes from a NET_BUFFER to the MDL and
 * the data that came with it; the image of the MDL lies in front of the data.
 */
HELPER("takeNetBuffers")
ULONG TakeNetBuffers(NET_BUFFER *list, NET_BUFFER **out, ULONG count, NDIS_HANDLE pool, ULONG state, ULONG mdlStart,
                     ULONG dataStart)
{
    ULONG taken;

    for (taken = 0; taken < count && list != NULL; taken++) {
        NET_BUFFER *netBuffer = list;
        PMDL mdl = (PMDL)((PUCHAR)netBuffer + mdlStart);

        list = netBuffer->NdisReserved[0];
        Clear(netBuffer);
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
HELPER("giveNetBuffers")
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
