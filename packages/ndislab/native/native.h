/*
 * What the modules of this folder have in common: the layouts, with those that no driver sees, and walks over chains of
 * MDLs. Offsets have 64 bits, since the sum of two of 32 may pass them.
 */
#pragma once
#include <ndis.h>
#include <ndislab/pool.h>

#define EXPORTED(name) __attribute__((export_name(name)))

/* Some MDL of the chain has no system address. */
#define NOT_MAPPED 0xffffffffu

#define LESSER(a, b) ((ULONG)((a) < (b) ? (a) : (b)))

/* An MDL with one of these has a system address. */
#define HAS_ADDRESS (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)

/* Volatile, or clang makes a memory.fill of the stores, which costs more than all of them. */
#define CLEAR(object)                                                 \
    do {                                                              \
        volatile ULONG64 *words = (volatile ULONG64 *)(object);       \
                                                                      \
        _Pragma("unroll") for (ULONG i = 0; i < sizeof *(object) / 8; i++) { \
            words[i] = 0;                                             \
        }                                                             \
    } while (0)

/* What is kept of an MDL that comes with a NET_BUFFER, in front of its data: the header and the first page number. */
typedef struct {
    ULONG64 Words[4];
} MDL_IMAGE;

/* At any address. */
typedef struct __attribute__((packed)) {
    ULONG64 Value;
} ANY64;
typedef struct __attribute__((packed)) {
    ULONG Value;
} ANY32;

/*
 * Moves up to 64 bytes, which may overlap: all are read before any is written, and first and last words overlap where
 * the length is no multiple of them.
 */
static __attribute__((noinline)) VOID MoveFew(PUCHAR to, const UCHAR *from, ULONG length)
{
    if (length > 32) {
        ANY64 a = *(const ANY64 *)from, b = *(const ANY64 *)(from + 8);
        ANY64 c = *(const ANY64 *)(from + 16), d = *(const ANY64 *)(from + 24);
        ANY64 e = *(const ANY64 *)(from + length - 32), f = *(const ANY64 *)(from + length - 24);
        ANY64 g = *(const ANY64 *)(from + length - 16), h = *(const ANY64 *)(from + length - 8);

        *(ANY64 *)to = a;
        *(ANY64 *)(to + 8) = b;
        *(ANY64 *)(to + 16) = c;
        *(ANY64 *)(to + 24) = d;
        *(ANY64 *)(to + length - 32) = e;
        *(ANY64 *)(to + length - 24) = f;
        *(ANY64 *)(to + length - 16) = g;
        *(ANY64 *)(to + length - 8) = h;
    } else if (length > 16) {
        ANY64 a = *(const ANY64 *)from, b = *(const ANY64 *)(from + 8);
        ANY64 c = *(const ANY64 *)(from + length - 16), d = *(const ANY64 *)(from + length - 8);

        *(ANY64 *)to = a;
        *(ANY64 *)(to + 8) = b;
        *(ANY64 *)(to + length - 16) = c;
        *(ANY64 *)(to + length - 8) = d;
    } else if (length >= 8) {
        ANY64 a = *(const ANY64 *)from, b = *(const ANY64 *)(from + length - 8);

        *(ANY64 *)to = a;
        *(ANY64 *)(to + length - 8) = b;
    } else if (length >= 4) {
        ANY32 a = *(const ANY32 *)from, b = *(const ANY32 *)(from + length - 4);

        *(ANY32 *)to = a;
        *(ANY32 *)(to + length - 4) = b;
    } else if (length != 0) {
        UCHAR a = from[0], b = from[length / 2], c = from[length - 1];

        to[0] = a;
        to[length / 2] = b;
        to[length - 1] = c;
    }
}

/* Moves bytes, which may overlap. memory.copy is a call out of WebAssembly, which takes longer than to move a few. */
static inline VOID Move(PVOID to, const VOID *from, ULONG length)
{
    if (length > 64) {
        __builtin_memmove(to, from, length);
    } else {
        MoveFew(to, from, length);
    }
}

/*
 * How many of `length` bytes from `offset` on a chain has; NOT_MAPPED when an MDL with some of them has no address.
 */
static inline __attribute__((always_inline)) ULONG MappedBytes(const MDL *mdl, ULONG64 offset, ULONG length)
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
static inline __attribute__((always_inline)) ULONG Copy(const MDL *to, ULONG64 toOffset, const MDL *from, ULONG64 fromOffset, ULONG length)
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
        Move((PUCHAR)to->MappedSystemVa + (ULONG)toOffset, (PUCHAR)from->MappedSystemVa + (ULONG)fromOffset, piece);
        fromOffset += piece;
        toOffset += piece;
        rest -= piece;
    }
    return length - rest;
}

/*
 * NdisCopyFromNetBufferToNetBuffer; NOT_MAPPED, with nothing copied, when an MDL that has bytes to copy, or room for
 * them, has to be mapped first.
 */
static inline ULONG CopyData(const NET_BUFFER *to, ULONG toOffset, ULONG length, const NET_BUFFER *from,
                             ULONG fromOffset)
{
    ULONG64 toStart = (ULONG64)to->CurrentMdlOffset + toOffset;
    ULONG64 fromStart = (ULONG64)from->CurrentMdlOffset + fromOffset;
    ULONG wanted = from->DataLength > fromOffset ? LESSER(length, from->DataLength - fromOffset) : 0;
    ULONG room = MappedBytes(to->CurrentMdl, toStart, wanted);
    ULONG bytes = room == NOT_MAPPED ? NOT_MAPPED : MappedBytes(from->CurrentMdl, fromStart, room);

    return bytes == NOT_MAPPED ? NOT_MAPPED : Copy(to->CurrentMdl, toStart, from->CurrentMdl, fromStart, bytes);
}
