/* The cleanup of a driver that did not get far deletes a list that it has not initialised. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'
#define ENTRY_SIZE 64

DRIVER_INITIALIZE DriverEntry;

static NPAGED_LOOKASIDE_LIST List;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

#ifndef MISTAKE
    NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0);
#endif
    NdisDeleteNPagedLookasideList(&List); /* at LOOK-UNINIT */
    return STATUS_SUCCESS;
}
