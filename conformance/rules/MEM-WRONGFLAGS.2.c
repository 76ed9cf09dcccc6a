/* The length of noncached memory is not ignored. */
#include <ndis.h>

#define RING_SIZE 4096

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PHYSICAL_ADDRESS highest = NDIS_PHYSICAL_ADDRESS_CONST(-1, -1);
    UINT length = RING_SIZE;
    PVOID ring;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    if (NdisAllocateMemory(&ring, RING_SIZE, NDIS_MEMORY_NONCACHED, highest) /* allocated MEM-WRONGFLAGS */
        != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
#ifdef MISTAKE
    length = 0;
#endif
    NdisFreeMemory(ring, length, NDIS_MEMORY_NONCACHED); /* at MEM-WRONGFLAGS */
    return STATUS_SUCCESS;
}
