/* Two lists of entries of one size, and an entry that goes back to the wrong one. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'
#define ENTRY_SIZE 64

DRIVER_INITIALIZE DriverEntry;

static NPAGED_LOOKASIDE_LIST List;
static NPAGED_LOOKASIDE_LIST Other;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID entry;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0);
    NdisInitializeNPagedLookasideList(&Other, NULL, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0);
    entry = NdisAllocateFromNPagedLookasideList(&List); /* allocated LOOK-FOREIGN */
    if (entry != NULL) {
#ifdef MISTAKE
        NdisFreeToNPagedLookasideList(&Other, entry); /* at LOOK-FOREIGN */
#else
        NdisFreeToNPagedLookasideList(&List, entry);
#endif
    }
    NdisDeleteNPagedLookasideList(&Other);
    NdisDeleteNPagedLookasideList(&List);
    return STATUS_SUCCESS;
}
