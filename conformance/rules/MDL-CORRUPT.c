/* A header is stripped by moving MappedSystemVa, which everybody else takes for the start of the buffer. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 1514
#define HEADER_SIZE 14

DRIVER_INITIALIZE DriverEntry;

/* Makes the MDL of a receive buffer match a frame, and gives it its length back. */
static VOID Receive(PMDL Mdl, UINT FrameLength)
{
#ifdef MISTAKE
    Mdl->MappedSystemVa = (PUCHAR)Mdl->MappedSystemVa + HEADER_SIZE;
    UNREFERENCED_PARAMETER(FrameLength);
#else
    NdisAdjustMdlLength(Mdl, FrameLength - HEADER_SIZE);
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
    mdl = NdisAllocateMdl(NULL, block, BLOCK_SIZE); /* allocated MDL-CORRUPT */
    if (mdl != NULL) {
        Receive(mdl, 60);
        NdisFreeMdl(mdl); /* at MDL-CORRUPT */
    }
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
