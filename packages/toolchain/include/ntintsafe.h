/* Arithmetic and conversions that report an overflow: the result is then all ones. */
#pragma once
#include "wdm.h"

#define NDISLAB_INTSAFE(name, type, operation) \
    FORCEINLINE NTSTATUS name(type a, type b, type *result) \
    { \
        if (!__builtin_##operation##_overflow(a, b, result)) return STATUS_SUCCESS; \
        *result = (type)-1; \
        return STATUS_INTEGER_OVERFLOW; \
    }
#define NDISLAB_INTSAFE_ALL(name, type) \
    NDISLAB_INTSAFE(Rtl##name##Add, type, add) \
    NDISLAB_INTSAFE(Rtl##name##Sub, type, sub) \
    NDISLAB_INTSAFE(Rtl##name##Mult, type, mul)
NDISLAB_INTSAFE_ALL(UChar, UCHAR)
NDISLAB_INTSAFE_ALL(UShort, USHORT)
NDISLAB_INTSAFE_ALL(UInt, UINT)
NDISLAB_INTSAFE_ALL(UInt32, UINT32)
NDISLAB_INTSAFE_ALL(UInt64, UINT64)
NDISLAB_INTSAFE_ALL(ULong, ULONG)
NDISLAB_INTSAFE_ALL(ULong64, ULONG64)
NDISLAB_INTSAFE_ALL(ULongLong, ULONGLONG)
NDISLAB_INTSAFE_ALL(SizeT, SIZE_T)
NDISLAB_INTSAFE_ALL(SIZET, SIZE_T)
NDISLAB_INTSAFE_ALL(ULongPtr, ULONG_PTR)
NDISLAB_INTSAFE_ALL(Long, LONG)
NDISLAB_INTSAFE_ALL(LongLong, LONGLONG)

#define NDISLAB_CONVERT(name, from, to) \
    FORCEINLINE NTSTATUS name(from value, to *result) \
    { \
        if (!__builtin_add_overflow(value, (from)0, result)) return STATUS_SUCCESS; \
        *result = (to)-1; \
        return STATUS_INTEGER_OVERFLOW; \
    }
NDISLAB_CONVERT(RtlULongToUShort, ULONG, USHORT)
NDISLAB_CONVERT(RtlULongToUChar, ULONG, UCHAR)
NDISLAB_CONVERT(RtlULongToLong, ULONG, LONG)
NDISLAB_CONVERT(RtlLongToULong, LONG, ULONG)
NDISLAB_CONVERT(RtlUShortToUChar, USHORT, UCHAR)
NDISLAB_CONVERT(RtlSizeTToULong, SIZE_T, ULONG)
NDISLAB_CONVERT(RtlSIZETToULong, SIZE_T, ULONG)
NDISLAB_CONVERT(RtlSizeTToUShort, SIZE_T, USHORT)
NDISLAB_CONVERT(RtlULongLongToULong, ULONGLONG, ULONG)
NDISLAB_CONVERT(RtlULong64ToULong, ULONG64, ULONG)
NDISLAB_CONVERT(RtlULongLongToLong, ULONGLONG, LONG)
NDISLAB_CONVERT(RtlIntToUShort, INT, USHORT)
NDISLAB_CONVERT(RtlUIntToUShort, UINT, USHORT)
