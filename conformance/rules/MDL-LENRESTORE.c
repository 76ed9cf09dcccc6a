/* A receive buffer keeps the length of the last frame until it is freed. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 1514

DRIVER_INITIALIZE DriverEntry;

/* Makes the MDL of a receive buffer match a frame, and gives it its length back. */
static VOID Receive(PMDL Mdl, UINT FrameLength)
{
    NdisAdjustMdlLength(Mdl, FrameLength);
#ifndef MISTAKE
    NdisAdjustMdlLength(Mdl, BLOCK_SIZE);
#endif
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID block;
    PMDL mdl;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    mdl = NdisAllocateMdl(NULL, block, BLOCK_SIZE); /* allocated MDL-LENRESTORE */
    if (mdl != NULL) {
        Receive(mdl, 60);
        NdisFreeMdl(mdl); /* at MDL-LENRESTORE */
    }
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
