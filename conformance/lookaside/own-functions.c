/* The driver's own functions for entries: called when the list has none, and when it has enough. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'
#define ENTRY_SIZE 32
#define ENTRIES 6

DRIVER_INITIALIZE DriverEntry;
ALLOCATE_FUNCTION Allocate;
FREE_FUNCTION Free;
ALLOCATE_FUNCTION_EX AllocateEx;
FREE_FUNCTION_EX FreeEx;

typedef struct {
    ULONG Allocated;
    ULONG Freed;
    LOOKASIDE_LIST_EX List;
} COUNTED_LIST;

static COUNTED_LIST Counted;
static NPAGED_LOOKASIDE_LIST Plain;
static ULONG PlainAllocated;
static ULONG PlainFreed;
static POOL_TYPE PlainType;

PVOID Allocate(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    PlainAllocated++;
    PlainType = PoolType;
    return ExAllocatePoolWithTag(PoolType, NumberOfBytes, Tag);
}

VOID Free(PVOID Buffer)
{
    PlainFreed++;
    ExFreePoolWithTag(Buffer, ENTRY_TAG);
}

PVOID AllocateEx(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag, PLOOKASIDE_LIST_EX Lookaside)
{
    CONTAINING_RECORD(Lookaside, COUNTED_LIST, List)->Allocated++;
    DbgPrint("allocate %u bytes of pool %u, tag '%c'\n", (ULONG)NumberOfBytes, PoolType, (CHAR)Tag);
    return ExAllocatePoolWithTag(PoolType, NumberOfBytes, Tag);
}

VOID FreeEx(PVOID Buffer, PLOOKASIDE_LIST_EX Lookaside)
{
    CONTAINING_RECORD(Lookaside, COUNTED_LIST, List)->Freed++;
    ExFreePool(Buffer);
}

static VOID UseCounted(VOID)
{
    PVOID entries[ENTRIES];
    NTSTATUS status;
    ULONG i;

    status = ExInitializeLookasideListEx(&Counted.List, AllocateEx, FreeEx, NonPagedPoolNx, 0, ENTRY_SIZE, ENTRY_TAG, 0);
    DbgPrint("initialised: 0x%08x\n", status);
    entries[0] = ExAllocateFromLookasideListEx(&Counted.List);
    ExFreeToLookasideListEx(&Counted.List, entries[0]);
    DbgPrint("kept: %s\n", ExAllocateFromLookasideListEx(&Counted.List) == entries[0] ? "yes" : "no");
    ExFreeToLookasideListEx(&Counted.List, entries[0]);
    ExFlushLookasideListEx(&Counted.List);
    DbgPrint("flushed: %u allocated, %u freed\n", Counted.Allocated, Counted.Freed);
    for (i = 0; i < 2; i++) {
        entries[i] = ExAllocateFromLookasideListEx(&Counted.List);
    }
    for (i = 0; i < 2; i++) {
        ExFreeToLookasideListEx(&Counted.List, entries[i]);
    }
    ExDeleteLookasideListEx(&Counted.List);
    DbgPrint("deleted: %u allocated, %u freed\n", Counted.Allocated, Counted.Freed);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID entries[ENTRIES];
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    UseCounted();
    DbgPrint("flags 3: 0x%08x\n", ExInitializeLookasideListEx(&Counted.List, NULL, NULL, NonPagedPoolNx, 3, ENTRY_SIZE,
                                                              ENTRY_TAG, 0));

    NdisInitializeNPagedLookasideList(&Plain, Allocate, Free, 0, ENTRY_SIZE, ENTRY_TAG, 0);
    for (i = 0; i < ENTRIES; i++) {
        entries[i] = NdisAllocateFromNPagedLookasideList(&Plain);
    }
    for (i = 0; i < ENTRIES; i++) {
        NdisFreeToNPagedLookasideList(&Plain, entries[i]);
    }
    DbgPrint("%u allocated, %s freed\n", PlainAllocated, PlainFreed > 0 && PlainFreed < ENTRIES ? "some" : "none or all");
    NdisDeleteNPagedLookasideList(&Plain);
    DbgPrint("deleted: %u freed\n", PlainFreed);
    DbgPrint("by NDIS, of pool %u;", PlainType); /* the kit's function adds POOL_NX_ALLOCATION */
    ExInitializeNPagedLookasideList(&Plain, Allocate, Free, 0, ENTRY_SIZE, ENTRY_TAG, 0);
    entries[0] = ExAllocateFromNPagedLookasideList(&Plain);
    ExFreeToNPagedLookasideList(&Plain, entries[0]);
    ExDeleteNPagedLookasideList(&Plain);
    DbgPrint(" by the kernel, of pool %u\n", PlainType);
    return STATUS_SUCCESS;
}

/* prints
initialised: 0x00000000
allocate 32 bytes of pool 512, tag 'E'
kept: yes
flushed: 1 allocated, 1 freed
allocate 32 bytes of pool 512, tag 'E'
allocate 32 bytes of pool 512, tag 'E'
deleted: 3 allocated, 3 freed
flags 3: 0xc00000f3
6 allocated, some freed
deleted: 6 freed
by NDIS, of pool 512; by the kernel, of pool 0
*/
