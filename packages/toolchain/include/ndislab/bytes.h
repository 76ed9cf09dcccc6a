/* Memory and byte order. */
#pragma once

#include "../string.h"

#define RtlCopyMemory(to, from, length) ((void)memcpy((to), (from), (length)))
#define RtlMoveMemory(to, from, length) ((void)memmove((to), (from), (length)))
#define RtlFillMemory(to, length, byte) ((void)memset((to), (byte), (length)))
#define RtlZeroMemory(to, length) ((void)memset((to), 0, (length)))
#define RtlCopyBytes(to, from, length) RtlCopyMemory(to, from, length)
#define RtlZeroBytes(to, length) RtlZeroMemory(to, length)
#define RtlFillBytes(to, length, byte) RtlFillMemory(to, length, byte)
#define RtlEqualMemory(a, b, length) (memcmp((a), (b), (length)) == 0)
#define RtlCopyMemoryNonTemporal(to, from, length) RtlCopyMemory(to, from, length)
#define RtlCopyVolatileMemory(to, from, length) memcpy((void *)(to), (const void *)(from), (length))

/* Copies ranges that lie apart; those that overlap, and are not the same, go to `function`. */
#define ndislab_copy_apart(function, to, from, length) \
    ({ \
        PUCHAR ndislab_to = (PUCHAR)(to); \
        const UCHAR *ndislab_from = (const UCHAR *)(from); \
        const SIZE_T ndislab_length = (length); \
        const SIZE_T ndislab_apart = ndislab_to < ndislab_from ? (SIZE_T)(ndislab_from - ndislab_to) \
                                                               : (SIZE_T)(ndislab_to - ndislab_from); \
        if (ndislab_apart != 0 && ndislab_apart < ndislab_length) \
            (function)(ndislab_to, (PVOID)ndislab_from, ndislab_length); \
        else memcpy(ndislab_to, ndislab_from, ndislab_length); \
    })

#define CopyMemory(to, from, length) RtlCopyMemory(to, from, length)
#define MoveMemory(to, from, length) RtlMoveMemory(to, from, length)
#define ZeroMemory(to, length) RtlZeroMemory(to, length)
#define FillMemory(to, length, byte) RtlFillMemory(to, length, byte)

/* Number of equal bytes at the start. */
FORCEINLINE SIZE_T RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length)
{
    const UCHAR *a = (const UCHAR *)Source1;
    const UCHAR *b = (const UCHAR *)Source2;
    SIZE_T equal = 0;
    while (equal < Length && a[equal] == b[equal]) equal++;
    return equal;
}

/* The compiler may not leave it out. */
FORCEINLINE PVOID RtlSecureZeroMemory(PVOID Pointer, SIZE_T Length)
{
    memset(Pointer, 0, Length);
    __asm__ __volatile__("" : : "r"(Pointer) : "memory");
    return Pointer;
}
#define SecureZeroMemory(p, length) RtlSecureZeroMemory(p, length)

#define RtlUshortByteSwap(n) __builtin_bswap16((USHORT)(n))
#define RtlUlongByteSwap(n) ((ULONG)__builtin_bswap32((ULONG)(n)))
#define RtlUlonglongByteSwap(n) ((ULONGLONG)__builtin_bswap64((ULONGLONG)(n)))
#define _byteswap_ushort(n) __builtin_bswap16(n)
#define _byteswap_ulong(n) ((ULONG)__builtin_bswap32(n))
#define _byteswap_uint64(n) ((ULONGLONG)__builtin_bswap64(n))

/* Unaligned loads and stores */
#define RtlRetrieveUshort(to, from) ((void)memcpy((to), (from), sizeof(USHORT)))
#define RtlRetrieveUlong(to, from) ((void)memcpy((to), (from), sizeof(ULONG)))
#define RtlStoreUshort(to, value) ndislab_store_bytes(USHORT, to, value)
#define RtlStoreUlong(to, value) ndislab_store_bytes(ULONG, to, value)
#define RtlStoreUlonglong(to, value) ndislab_store_bytes(ULONGLONG, to, value)
#define ndislab_store_bytes(type, to, value) \
    do { \
        type ndislab_value = (type)(value); \
        memcpy((to), &ndislab_value, sizeof(type)); \
    } while (0)

/* Bit search: false if no bit is set */
#define BitScanForward(index, mask) ((mask) != 0 ? (*(index) = (ULONG)__builtin_ctz(mask), 1) : 0)
#define BitScanReverse(index, mask) ((mask) != 0 ? (*(index) = 31 - (ULONG)__builtin_clz(mask), 1) : 0)
#define BitScanForward64(index, mask) ((mask) != 0 ? (*(index) = (ULONG)__builtin_ctzll(mask), 1) : 0)
#define BitScanReverse64(index, mask) ((mask) != 0 ? (*(index) = 63 - (ULONG)__builtin_clzll(mask), 1) : 0)
