/* The call that allocates spans several lines: the line of the function's name counts. */
#include <ndis.h>

#define TABLE_TAG 'lbaT'
#define ENTRIES 32

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PULONG Table;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);

    status =
        NdisAllocateMemoryWithTag( /* at, allocated MEM-LEAK */
            (PVOID *)&Table,
            ENTRIES * sizeof(ULONG),
            TABLE_TAG);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (i = 0; i < ENTRIES; i++) {
        Table[i] = i;
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifndef MISTAKE
    NdisFreeMemory(
        Table,
        ENTRIES * sizeof(ULONG),
        0);
#endif
}
