/* A restart initialises what the start has initialised. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'
#define ENTRY_SIZE 64

DRIVER_INITIALIZE DriverEntry;

static NPAGED_LOOKASIDE_LIST List;

static VOID Start(VOID)
{
    NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0); /* at LOOK-REINIT */
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    Start();
#ifndef MISTAKE
    NdisDeleteNPagedLookasideList(&List);
#endif
    Start();
    NdisDeleteNPagedLookasideList(&List);
    return STATUS_SUCCESS;
}
