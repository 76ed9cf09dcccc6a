/* NDIS's own names for what the kernel has: strings, addresses, locks, waits. */
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

#define NDIS_PHYSICAL_ADDRESS_CONST(low, high) { { (ULONG)(low), (LONG)(high) } }
#define NdisSetPhysicalAddressLow(address, value) ((address).LowPart = (value))
#define NdisSetPhysicalAddressHigh(address, value) ((address).HighPart = (value))
#define NdisGetPhysicalAddressLow(address) ((address).LowPart)
#define NdisGetPhysicalAddressHigh(address) ((address).HighPart)

/* Locks, waits */
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
