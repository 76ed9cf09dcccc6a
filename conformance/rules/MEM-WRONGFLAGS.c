/* Contiguous memory of an old miniport is freed as if it were any other. */
#include <ndis.h>

#define RING_SIZE 4096

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PHYSICAL_ADDRESS highest = NDIS_PHYSICAL_ADDRESS_CONST(-1, -1);
    PVOID ring;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    if (NdisAllocateMemory(&ring, RING_SIZE, NDIS_MEMORY_CONTIGUOUS, highest) /* allocated MEM-WRONGFLAGS */
        != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
#ifdef MISTAKE
    NdisFreeMemory(ring, 0, 0); /* at MEM-WRONGFLAGS */
#else
    NdisFreeMemory(ring, RING_SIZE, NDIS_MEMORY_CONTIGUOUS);
#endif
    return STATUS_SUCCESS;
}
