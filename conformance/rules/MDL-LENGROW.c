/* A receive buffer is made as long as the frame, which is longer than the buffer. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 1514
#define JUMBO_SIZE 9014

DRIVER_INITIALIZE DriverEntry;

/* Makes the MDL of a receive buffer match a frame, and gives it its length back. */
static VOID Receive(PMDL Mdl, UINT FrameLength)
{
#ifndef MISTAKE
    if (FrameLength > BLOCK_SIZE) {
        FrameLength = BLOCK_SIZE;
    }
#endif
    NdisAdjustMdlLength(Mdl, FrameLength); /* at MDL-LENGROW */
    NdisAdjustMdlLength(Mdl, BLOCK_SIZE);
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
    mdl = NdisAllocateMdl(NULL, block, BLOCK_SIZE); /* allocated MDL-LENGROW */
    if (mdl != NULL) {
        Receive(mdl, JUMBO_SIZE);
        NdisFreeMdl(mdl);
    }
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
