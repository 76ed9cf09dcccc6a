/* Entries of two bytes: a free one cannot hold the link to the next. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'
#define ENTRY_SIZE 64

DRIVER_INITIALIZE DriverEntry;

static NPAGED_LOOKASIDE_LIST List;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID entry;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

#ifdef MISTAKE
    NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, sizeof(USHORT), ENTRY_TAG, 0); /* at LOOK-SMALL */
#else
    NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0);
#endif
    entry = NdisAllocateFromNPagedLookasideList(&List);
    if (entry != NULL) {
        NdisFreeToNPagedLookasideList(&List, entry);
    }
    NdisDeleteNPagedLookasideList(&List);
    return STATUS_SUCCESS;
}
