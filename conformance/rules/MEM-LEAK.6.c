/* The driver goes without its lookaside list being deleted. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NPAGED_LOOKASIDE_LIST List;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID entry;

    UNREFERENCED_PARAMETER(RegistryPath);

    NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, 64, ENTRY_TAG, 0); /* at, allocated MEM-LEAK */
    entry = NdisAllocateFromNPagedLookasideList(&List);
    if (entry != NULL) {
        NdisFreeToNPagedLookasideList(&List, entry);
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifndef MISTAKE
    NdisDeleteNPagedLookasideList(&List);
#endif
}
