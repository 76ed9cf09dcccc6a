#include <ndis.h>

#define TAG 'scod'
#define ENTRY_SIZE 256

typedef struct _COUNTED_LIST {
    ULONG Made;
    LOOKASIDE_LIST_EX List;
} COUNTED_LIST;

static COUNTED_LIST Counted;

static ALLOCATE_FUNCTION_EX AllocateEntry;
static FREE_FUNCTION_EX FreeEntry;

static PVOID AllocateEntry(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag, PLOOKASIDE_LIST_EX Lookaside)
{
    CONTAINING_RECORD(Lookaside, COUNTED_LIST, List)->Made++;
    return ExAllocatePoolZero(PoolType, NumberOfBytes, Tag);
}

static VOID FreeEntry(PVOID Buffer, PLOOKASIDE_LIST_EX Lookaside)
{
    CONTAINING_RECORD(Lookaside, COUNTED_LIST, List)->Made--;
    ExFreePoolWithTag(Buffer, TAG);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PLOOKASIDE_LIST_EX list = &Counted.List;
    NTSTATUS status;
    PVOID a, b;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    status = ExInitializeLookasideListEx(list, AllocateEntry, FreeEntry, NonPagedPoolNx, 0, ENTRY_SIZE, TAG, 0);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    a = ExAllocateFromLookasideListEx(list);
    b = ExAllocateFromLookasideListEx(list);
    if (a != NULL) {
        ExFreeToLookasideListEx(list, a);
    }
    DbgPrint("%u made, one of them free\n", Counted.Made);
    ExFlushLookasideListEx(list); /* the free one goes, the list stays */
    DbgPrint("%u after the flush\n", Counted.Made);
    if (b != NULL) {
        ExFreeToLookasideListEx(list, b);
    }
    ExDeleteLookasideListEx(list);
    DbgPrint("%u at the end\n", Counted.Made);
    return STATUS_SUCCESS;
}
