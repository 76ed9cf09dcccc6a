/* NDIS's own names for what the kernel has: strings, memory, lists, counters, IRQL. */
#pragma once

/* Strings */
#define NDIS_STRING_CONST(s) { sizeof(L##s) - sizeof(WCHAR), sizeof(L##s), L##s }
#define NdisInitUnicodeString(to, from) RtlInitUnicodeString(to, from)
#define NdisInitAnsiString(to, from) RtlInitAnsiString(to, from)
#define NdisUpcaseUnicodeString(to, from) RtlUpcaseUnicodeString(to, from, FALSE)
#define NdisUnicodeStringToAnsiString(to, from) RtlUnicodeStringToAnsiString(to, from, FALSE)
#define NdisAnsiStringToUnicodeString(to, from) RtlAnsiStringToUnicodeString(to, from, FALSE)
#define NdisEqualUnicodeString(a, b, ignoreCase) RtlEqualUnicodeString(a, b, ignoreCase)
#define NdisEqualString(a, b, ignoreCase) RtlEqualUnicodeString(a, b, ignoreCase)
#define NdisEqualAnsiString(a, b, ignoreCase) RtlEqualString(a, b, ignoreCase)
#define NdisFreeString(s) NdisFreeMemory((s).Buffer, (s).MaximumLength, 0)
#define NdisPrintString(s) DbgPrint("%wZ", &(s))

/* Memory. NdisFillMemory takes the length before the byte; NdisMoveMemory's ranges must not overlap. */
#define NdisZeroMemory(to, length) RtlZeroMemory(to, length)
#define NdisFillMemory(to, length, byte) RtlFillMemory(to, length, byte)
#define NdisMoveMemory(to, from, length) RtlCopyMemory(to, from, length)
#define NdisEqualMemory(a, b, length) RtlEqualMemory(a, b, length)
#define NdisMoveMappedMemory(to, from, length) RtlCopyMemory(to, from, length)
#define NdisZeroMappedMemory(to, length) RtlZeroMemory(to, length)
#define NdisMoveToMappedMemory(to, from, length) RtlCopyMemory(to, from, length)
#define NdisMoveFromMappedMemory(to, from, length) RtlCopyMemory(to, from, length)
#define NdisRetrieveUlong(to, from) RtlRetrieveUlong(to, from)
#define NdisStoreUlong(to, value) RtlStoreUlong(to, value)
#define NDIS_MEMORY_CONTIGUOUS 0x1
#define NDIS_MEMORY_NONCACHED 0x2

#define NDIS_PHYSICAL_ADDRESS_CONST(low, high) { { (ULONG)(low), (LONG)(high) } }
#define NdisSetPhysicalAddressLow(address, value) ((address).LowPart = (value))
#define NdisSetPhysicalAddressHigh(address, value) ((address).HighPart = (value))
#define NdisGetPhysicalAddressLow(address) ((address).LowPart)
#define NdisGetPhysicalAddressHigh(address) ((address).HighPart)

/* Lists */
#define NdisInitializeListHead(head) InitializeListHead(head)
#define NdisInitializeSListHead(head) ExInitializeSListHead(head)
#define NdisInterlockedInsertHeadList(head, entry, lock) ExInterlockedInsertHeadList(head, entry, &(lock)->SpinLock)
#define NdisInterlockedInsertTailList(head, entry, lock) ExInterlockedInsertTailList(head, entry, &(lock)->SpinLock)
#define NdisInterlockedRemoveHeadList(head, lock) ExInterlockedRemoveHeadList(head, &(lock)->SpinLock)
#define NdisInterlockedPushEntrySList(head, entry, lock) InterlockedPushEntrySList(head, entry)
#define NdisInterlockedPopEntrySList(head, lock) InterlockedPopEntrySList(head)
#define NdisInterlockedFlushSList(head) InterlockedFlushSList(head)
#define NdisQueryDepthSList(head) ExQueryDepthSList(head)

#define NdisInitializeNPagedLookasideList(list, allocate, free, flags, size, tag, depth) \
    ExInitializeNPagedLookasideList(list, allocate, free, flags, size, tag, depth)
#define NdisDeleteNPagedLookasideList(list) ExDeleteNPagedLookasideList(list)
#define NdisAllocateFromNPagedLookasideList(list) ExAllocateFromNPagedLookasideList(list)
#define NdisFreeToNPagedLookasideList(list, entry) ExFreeToNPagedLookasideList(list, entry)

/* Counters */
#define NdisInterlockedIncrement(p) InterlockedIncrement(p)
#define NdisInterlockedDecrement(p) InterlockedDecrement(p)
#define NdisInterlockedAddUlong(p, n, lock) ExInterlockedAddUlong(p, n, &(lock)->SpinLock)
#define NdisInterlockedAddLargeStatistic(p, n) \
    ((void)(*(volatile LONGLONG *)(p) += (ULONG)(n)))

/* IRQL, locks, waits */
#define NDIS_CURRENT_IRQL() KeGetCurrentIrql()
#define NDIS_RAISE_IRQL_TO_DISPATCH(old) (*(old) = KeRaiseIrqlToDpcLevel())
#define NDIS_LOWER_IRQL(old, now) ((old) != (now) ? KeLowerIrql(old) : (void)0)
#define NDIS_ACQUIRE_SPIN_LOCK(lock, dispatch) \
    ((dispatch) ? NdisDprAcquireSpinLock(lock) : NdisAcquireSpinLock(lock))
#define NDIS_RELEASE_SPIN_LOCK(lock, dispatch) \
    ((dispatch) ? NdisDprReleaseSpinLock(lock) : NdisReleaseSpinLock(lock))
typedef KMUTEX NDIS_MUTEX, *PNDIS_MUTEX;
#define NDIS_INIT_MUTEX(mutex) KeInitializeMutex(mutex, 0xffff)
#define NDIS_WAIT_FOR_MUTEX(mutex) KeWaitForSingleObject(mutex, Executive, KernelMode, FALSE, NULL)
#define NDIS_RELEASE_MUTEX(mutex) KeReleaseMutex(mutex, FALSE)
#define NdisStallExecution(microseconds) KeStallExecutionProcessor(microseconds)
#define NdisGetCurrentSystemTime(time) KeQuerySystemTime(time)
#define NdisInterruptTime() KeQueryInterruptTime()

/* Function placement: sections do not matter here. */
#define NDIS_INIT_FUNCTION(f) alloc_text(INIT, f)
#define NDIS_PAGABLE_FUNCTION(f) alloc_text(PAGE, f)
#define NDIS_PAGEABLE_FUNCTION(f) alloc_text(PAGE, f)
