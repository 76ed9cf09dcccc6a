/* Contiguous memory is freed where only ordinary memory may be. */
#include <ndis.h>

#define RING_SIZE 4096

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PHYSICAL_ADDRESS highest = NDIS_PHYSICAL_ADDRESS_CONST(-1, -1);
    PVOID ring;
    KIRQL old = PASSIVE_LEVEL;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    if (NdisAllocateMemory(&ring, RING_SIZE, NDIS_MEMORY_CONTIGUOUS, highest) != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
#ifdef MISTAKE
    NDIS_RAISE_IRQL_TO_DISPATCH(&old);
#endif
    NdisFreeMemory(ring, RING_SIZE, NDIS_MEMORY_CONTIGUOUS); /* at MEM-IRQL */
    NDIS_LOWER_IRQL(old, NDIS_CURRENT_IRQL());
    return STATUS_SUCCESS;
}
