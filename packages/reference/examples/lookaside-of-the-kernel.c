#include <ndis.h>

#define TAG 'scod'
#define ENTRY_SIZE 64

static NPAGED_LOOKASIDE_LIST List;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID first, second;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    ExInitializeNPagedLookasideList(&List, NULL, NULL, POOL_NX_ALLOCATION, ENTRY_SIZE, TAG, 0);
    first = ExAllocateFromNPagedLookasideList(&List);
    if (first != NULL) {
        ExFreeToNPagedLookasideList(&List, first);
        second = ExAllocateFromNPagedLookasideList(&List); /* cannot fail: the list keeps one */
        DbgPrint("%s\n", second == first ? "the same entry again" : "another entry");
        ExFreeToNPagedLookasideList(&List, second);
    }
    ExDeleteNPagedLookasideList(&List);
    return STATUS_SUCCESS;
}
