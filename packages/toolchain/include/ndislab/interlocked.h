/* Interlocked operations and barriers. On one thread the compiler turns them into plain loads and stores. */
#pragma once

#define InterlockedIncrement(p) ((LONG)__atomic_add_fetch((volatile LONG *)(p), 1, __ATOMIC_SEQ_CST))
#define InterlockedDecrement(p) ((LONG)__atomic_sub_fetch((volatile LONG *)(p), 1, __ATOMIC_SEQ_CST))
#define InterlockedAdd(p, n) ((LONG)__atomic_add_fetch((volatile LONG *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedExchangeAdd(p, n) ((LONG)__atomic_fetch_add((volatile LONG *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedExchange(p, n) ((LONG)__atomic_exchange_n((volatile LONG *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedAnd(p, n) ((LONG)__atomic_fetch_and((volatile LONG *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedOr(p, n) ((LONG)__atomic_fetch_or((volatile LONG *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedXor(p, n) ((LONG)__atomic_fetch_xor((volatile LONG *)(p), (n), __ATOMIC_SEQ_CST))

#define InterlockedIncrement64(p) ((LONG64)__atomic_add_fetch((volatile LONG64 *)(p), 1, __ATOMIC_SEQ_CST))
#define InterlockedDecrement64(p) ((LONG64)__atomic_sub_fetch((volatile LONG64 *)(p), 1, __ATOMIC_SEQ_CST))
#define InterlockedAdd64(p, n) ((LONG64)__atomic_add_fetch((volatile LONG64 *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedExchangeAdd64(p, n) ((LONG64)__atomic_fetch_add((volatile LONG64 *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedExchange64(p, n) ((LONG64)__atomic_exchange_n((volatile LONG64 *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedAnd64(p, n) ((LONG64)__atomic_fetch_and((volatile LONG64 *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedOr64(p, n) ((LONG64)__atomic_fetch_or((volatile LONG64 *)(p), (n), __ATOMIC_SEQ_CST))

#define InterlockedIncrement16(p) ((SHORT)__atomic_add_fetch((volatile SHORT *)(p), 1, __ATOMIC_SEQ_CST))
#define InterlockedDecrement16(p) ((SHORT)__atomic_sub_fetch((volatile SHORT *)(p), 1, __ATOMIC_SEQ_CST))
#define InterlockedExchange16(p, n) ((SHORT)__atomic_exchange_n((volatile SHORT *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedExchange8(p, n) ((CHAR)__atomic_exchange_n((volatile CHAR *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedAnd8(p, n) ((CHAR)__atomic_fetch_and((volatile CHAR *)(p), (n), __ATOMIC_SEQ_CST))
#define InterlockedOr8(p, n) ((CHAR)__atomic_fetch_or((volatile CHAR *)(p), (n), __ATOMIC_SEQ_CST))

FORCEINLINE LONG InterlockedCompareExchange(volatile LONG *Destination, LONG Exchange, LONG Comparand)
{
    __atomic_compare_exchange_n(Destination, &Comparand, Exchange, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return Comparand;
}

FORCEINLINE LONG64 InterlockedCompareExchange64(volatile LONG64 *Destination, LONG64 Exchange, LONG64 Comparand)
{
    __atomic_compare_exchange_n(Destination, &Comparand, Exchange, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return Comparand;
}

FORCEINLINE SHORT InterlockedCompareExchange16(volatile SHORT *Destination, SHORT Exchange, SHORT Comparand)
{
    __atomic_compare_exchange_n(Destination, &Comparand, Exchange, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return Comparand;
}

FORCEINLINE PVOID ndislab_compare_exchange_pointer(PVOID volatile *destination, PVOID exchange, PVOID comparand)
{
    __atomic_compare_exchange_n(destination, &comparand, exchange, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return comparand;
}

#define InterlockedExchangePointer(p, value) \
    ((PVOID)__atomic_exchange_n((PVOID volatile *)(p), (PVOID)(value), __ATOMIC_SEQ_CST))
#define InterlockedCompareExchangePointer(p, exchange, comparand) \
    ndislab_compare_exchange_pointer((PVOID volatile *)(p), (PVOID)(exchange), (PVOID)(comparand))

FORCEINLINE UCHAR InterlockedBitTestAndSet(volatile LONG *Base, LONG Bit)
{
    return (ULONG)InterlockedOr(Base + (Bit >> 5), 1L << (Bit & 31)) >> (Bit & 31) & 1;
}

FORCEINLINE UCHAR InterlockedBitTestAndReset(volatile LONG *Base, LONG Bit)
{
    return (ULONG)InterlockedAnd(Base + (Bit >> 5), ~(1L << (Bit & 31))) >> (Bit & 31) & 1;
}

/* With an ordering in the name */
#define InterlockedIncrementAcquire(p) InterlockedIncrement(p)
#define InterlockedIncrementRelease(p) InterlockedIncrement(p)
#define InterlockedIncrementNoFence(p) InterlockedIncrement(p)
#define InterlockedIncrementNoFence64(p) InterlockedIncrement64(p)
#define InterlockedDecrementAcquire(p) InterlockedDecrement(p)
#define InterlockedDecrementRelease(p) InterlockedDecrement(p)
#define InterlockedDecrementNoFence(p) InterlockedDecrement(p)
#define InterlockedDecrementRelease64(p) InterlockedDecrement64(p)
#define InterlockedDecrementNoFence64(p) InterlockedDecrement64(p)
#define InterlockedAddAcquire(p, n) InterlockedAdd(p, n)
#define InterlockedAddNoFence(p, n) InterlockedAdd(p, n)
#define InterlockedAddNoFence64(p, n) InterlockedAdd64(p, n)
#define InterlockedExchangeAddNoFence(p, n) InterlockedExchangeAdd(p, n)
#define InterlockedExchangeAddNoFence64(p, n) InterlockedExchangeAdd64(p, n)
#define InterlockedExchangeNoFence(p, n) InterlockedExchange(p, n)
#define InterlockedExchangeAcquire(p, n) InterlockedExchange(p, n)
#define InterlockedExchangePointerNoFence(p, value) InterlockedExchangePointer(p, value)
#define InterlockedExchangePointerAcquire(p, value) InterlockedExchangePointer(p, value)
#define InterlockedExchangePointerRelease(p, value) InterlockedExchangePointer(p, value)
#define InterlockedAndAcquire(p, n) InterlockedAnd(p, n)
#define InterlockedAndRelease(p, n) InterlockedAnd(p, n)
#define InterlockedAndNoFence(p, n) InterlockedAnd(p, n)
#define InterlockedOrAcquire(p, n) InterlockedOr(p, n)
#define InterlockedOrRelease(p, n) InterlockedOr(p, n)
#define InterlockedOrNoFence(p, n) InterlockedOr(p, n)
#define InterlockedAndNoFence8(p, n) InterlockedAnd8(p, n)
#define InterlockedAndRelease8(p, n) InterlockedAnd8(p, n)
#define InterlockedOrNoFence8(p, n) InterlockedOr8(p, n)
#define InterlockedCompareExchangeAcquire(p, e, c) InterlockedCompareExchange(p, e, c)
#define InterlockedCompareExchangeRelease(p, e, c) InterlockedCompareExchange(p, e, c)
#define InterlockedCompareExchangeNoFence(p, e, c) InterlockedCompareExchange(p, e, c)
#define InterlockedCompareExchangeNoFence64(p, e, c) InterlockedCompareExchange64(p, e, c)
#define InterlockedCompareExchangePointerAcquire(p, e, c) InterlockedCompareExchangePointer(p, e, c)
#define InterlockedCompareExchangePointerRelease(p, e, c) InterlockedCompareExchangePointer(p, e, c)
#define InterlockedCompareExchangePointerNoFence(p, e, c) InterlockedCompareExchangePointer(p, e, c)

/* Intrinsics */
#define _InterlockedIncrement(p) InterlockedIncrement(p)
#define _InterlockedDecrement(p) InterlockedDecrement(p)
#define _InterlockedExchange(p, n) InterlockedExchange(p, n)
#define _InterlockedExchangeAdd(p, n) InterlockedExchangeAdd(p, n)
#define _InterlockedCompareExchange(p, e, c) InterlockedCompareExchange(p, e, c)
#define _InterlockedCompareExchangePointer(p, e, c) InterlockedCompareExchangePointer(p, e, c)
#define _InterlockedAnd(p, n) InterlockedAnd(p, n)
#define _InterlockedOr(p, n) InterlockedOr(p, n)

/* Loads, stores and barriers */
#define ndislab_load(type, p) (*(const volatile type *)(p))
#define ndislab_store(type, p, value) ((void)(*(volatile type *)(p) = (value)))
#define ReadNoFence(p) ndislab_load(LONG, p)
#define ReadAcquire(p) ndislab_load(LONG, p)
#define ReadRaw(p) ndislab_load(LONG, p)
#define ReadNoFence8(p) ndislab_load(CHAR, p)
#define ReadNoFence16(p) ndislab_load(SHORT, p)
#define ReadNoFence64(p) ndislab_load(LONG64, p)
#define ReadAcquire64(p) ndislab_load(LONG64, p)
#define ReadBooleanNoFence(p) ndislab_load(BOOLEAN, p)
#define ReadBooleanAcquire(p) ndislab_load(BOOLEAN, p)
#define ReadUCharNoFence(p) ndislab_load(UCHAR, p)
#define ReadUShortNoFence(p) ndislab_load(USHORT, p)
#define ReadULongNoFence(p) ndislab_load(ULONG, p)
#define ReadULongAcquire(p) ndislab_load(ULONG, p)
#define ReadULong64NoFence(p) ndislab_load(ULONG64, p)
#define ReadULong64Acquire(p) ndislab_load(ULONG64, p)
#define ReadUInt32NoFence(p) ndislab_load(UINT32, p)
#define ReadPointerNoFence(p) ((PVOID)ndislab_load(PVOID, p))
#define ReadPointerAcquire(p) ((PVOID)ndislab_load(PVOID, p))
#define WriteNoFence(p, value) ndislab_store(LONG, p, value)
#define WriteRelease(p, value) ndislab_store(LONG, p, value)
#define WriteRaw(p, value) ndislab_store(LONG, p, value)
#define WriteRaw64(p, value) ndislab_store(LONG64, p, value)
#define ReadRaw64(p) ndislab_load(LONG64, p)
#define WriteNoFence8(p, value) ndislab_store(CHAR, p, value)
#define WriteNoFence16(p, value) ndislab_store(SHORT, p, value)
#define WriteNoFence64(p, value) ndislab_store(LONG64, p, value)
#define WriteRelease64(p, value) ndislab_store(LONG64, p, value)
#define WriteBooleanNoFence(p, value) ndislab_store(BOOLEAN, p, value)
#define WriteBooleanRelease(p, value) ndislab_store(BOOLEAN, p, value)
#define WriteUCharNoFence(p, value) ndislab_store(UCHAR, p, value)
#define WriteUShortNoFence(p, value) ndislab_store(USHORT, p, value)
#define WriteULongNoFence(p, value) ndislab_store(ULONG, p, value)
#define WriteULongRelease(p, value) ndislab_store(ULONG, p, value)
#define WriteULong64NoFence(p, value) ndislab_store(ULONG64, p, value)
#define WriteULong64Release(p, value) ndislab_store(ULONG64, p, value)
#define WriteUInt32NoFence(p, value) ndislab_store(UINT32, p, value)
#define WritePointerNoFence(p, value) ndislab_store(PVOID, p, value)
#define WritePointerRelease(p, value) ndislab_store(PVOID, p, value)

#define MemoryBarrier() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define KeMemoryBarrier() MemoryBarrier()
#define KeMemoryBarrierWithoutFence() __atomic_signal_fence(__ATOMIC_SEQ_CST)
