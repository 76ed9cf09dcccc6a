/*
 * See README.md. An address is a pointer: the machine's memory is this module's. Offsets have 64 bits, since the sum of
 * two of 32 may pass them.
 */
#include <ndis.h>

#define HELPER(name) __attribute__((export_name(name)))

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
