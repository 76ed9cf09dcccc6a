/* A table is allocated for as many entries as were configured, and none were. */
#include <ndis.h>

#define TABLE_TAG 'lbaT'

DRIVER_INITIALIZE DriverEntry;

static ULONG ConfiguredEntries;
static PULONG Table;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

#ifndef MISTAKE
    if (ConfiguredEntries == 0) {
        return STATUS_SUCCESS;
    }
#endif
    Table = NdisAllocateMemoryWithTagPriority(NULL, ConfiguredEntries * sizeof(ULONG), /* at MEM-ZERO */
                                              TABLE_TAG, NormalPoolPriority);
    if (Table != NULL) {
        NdisFreeMemory(Table, 0, 0);
    }
    return STATUS_SUCCESS;
}
