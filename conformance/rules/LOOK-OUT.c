/* The list goes before one of its entries is back. */
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

    NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0);
    entry = NdisAllocateFromNPagedLookasideList(&List); /* allocated LOOK-OUT */
#ifdef MISTAKE
    UNREFERENCED_PARAMETER(entry);
#else
    if (entry != NULL) {
        NdisFreeToNPagedLookasideList(&List, entry);
    }
#endif
    NdisDeleteNPagedLookasideList(&List); /* at LOOK-OUT */
    return STATUS_SUCCESS;
}
