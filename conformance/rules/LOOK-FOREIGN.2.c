/* A block that was allocated in another way is given to the list. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'
#define ENTRY_SIZE 64

DRIVER_INITIALIZE DriverEntry;

static NPAGED_LOOKASIDE_LIST List;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID block;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0);
    block = ExAllocatePoolWithTag(NonPagedPoolNx, ENTRY_SIZE, ENTRY_TAG); /* allocated LOOK-FOREIGN */
    if (block != NULL) {
#ifdef MISTAKE
        NdisFreeToNPagedLookasideList(&List, block); /* at LOOK-FOREIGN */
#else
        ExFreePoolWithTag(block, ENTRY_TAG);
#endif
    }
    NdisDeleteNPagedLookasideList(&List);
    return STATUS_SUCCESS;
}
