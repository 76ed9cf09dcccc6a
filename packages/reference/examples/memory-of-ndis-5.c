#include <ndis.h>

#define TAG 'scod'
#define RING_SIZE 4096
#define CONTEXT_SIZE 64

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PHYSICAL_ADDRESS highest = NDIS_PHYSICAL_ADDRESS_CONST(-1, -1);
    PVOID ring, context, copy;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    /* a ring of descriptors that the device reads, too: freed with the same length and flags */
    if (NdisAllocateMemory(&ring, RING_SIZE, NDIS_MEMORY_CONTIGUOUS, highest) == NDIS_STATUS_SUCCESS) {
        NdisZeroMemory(ring, RING_SIZE);
        DbgPrint("a ring at byte %u of a page\n", BYTE_OFFSET(ring));
        NdisFreeMemory(ring, RING_SIZE, NDIS_MEMORY_CONTIGUOUS);
    }

    /* ordinary memory: freed with no length and no flags, or from NDIS 6.20 on with its tag */
    if (NdisAllocateMemoryWithTag(&context, CONTEXT_SIZE, TAG) == NDIS_STATUS_SUCCESS) {
        if (NdisAllocateMemoryWithTag(&copy, CONTEXT_SIZE, TAG) == NDIS_STATUS_SUCCESS) {
            DbgPrint("two blocks of %u bytes\n", CONTEXT_SIZE);
            NdisFreeMemoryWithTag(copy, TAG);
        }
        NdisFreeMemory(context, 0, 0);
    }
    return STATUS_SUCCESS;
}
