/* A header is described where it was made up: on the stack. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define HEADER_SIZE 14

DRIVER_INITIALIZE DriverEntry;

/* Describes a header and forgets it again. */
static VOID DescribeHeader(PUCHAR Block)
{
    UCHAR local[HEADER_SIZE] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
    PMDL mdl;

#ifdef MISTAKE
    mdl = NdisAllocateMdl(NULL, local, HEADER_SIZE); /* at MDL-VA */
#else
    NdisMoveMemory(Block, local, HEADER_SIZE);
    mdl = NdisAllocateMdl(NULL, Block, HEADER_SIZE);
#endif
    if (mdl != NULL) {
        NdisFreeMdl(mdl);
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR block;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, HEADER_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DescribeHeader(block);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
