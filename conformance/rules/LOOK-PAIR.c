/* The entries are counted as they are allocated, but not as they are freed. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'
#define ENTRY_SIZE 64

DRIVER_INITIALIZE DriverEntry;
ALLOCATE_FUNCTION CountingAllocate;
FREE_FUNCTION CountingFree;

static NPAGED_LOOKASIDE_LIST List;
static LONG Count;

PVOID CountingAllocate(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    NdisInterlockedIncrement(&Count);
    return ExAllocatePoolWithTag(PoolType, NumberOfBytes, Tag);
}

VOID CountingFree(PVOID Buffer)
{
    NdisInterlockedDecrement(&Count);
    ExFreePoolWithTag(Buffer, ENTRY_TAG);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID entry;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

#ifdef MISTAKE
    NdisInitializeNPagedLookasideList(&List, CountingAllocate, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0); /* at LOOK-PAIR */
#else
    NdisInitializeNPagedLookasideList(&List, CountingAllocate, CountingFree, 0, ENTRY_SIZE, ENTRY_TAG, 0);
#endif
    entry = NdisAllocateFromNPagedLookasideList(&List);
    if (entry != NULL) {
        NdisFreeToNPagedLookasideList(&List, entry);
    }
    NdisDeleteNPagedLookasideList(&List);
    return STATUS_SUCCESS;
}
