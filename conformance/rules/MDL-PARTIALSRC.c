/* The MDL of the whole buffer goes before the one of its part. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 8192
#define PART_SIZE 1000

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR block;
    PMDL source;
    PMDL part;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    source = NdisAllocateMdl(NULL, block, BLOCK_SIZE); /* allocated MDL-PARTIALSRC */
    part = IoAllocateMdl(block, PART_SIZE, FALSE, FALSE, NULL);
    if (source == NULL || part == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    IoBuildPartialMdl(source, part, block + 10, PART_SIZE - 10);
#ifdef MISTAKE
    NdisFreeMdl(source); /* at MDL-PARTIALSRC */
    IoFreeMdl(part);
#else
    IoFreeMdl(part);
    NdisFreeMdl(source);
#endif
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
