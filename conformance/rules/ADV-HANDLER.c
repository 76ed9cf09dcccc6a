/* The room for a header comes from a handler of the driver's, and the advance is told of none to free it. */
#include "frame.h"

#define HEADER_SIZE 40

NET_BUFFER_ALLOCATE_MDL AllocateHeader;
NET_BUFFER_FREE_MDL FreeHeader;

PMDL AllocateHeader(PULONG BufferSize)
{
    PUCHAR memory = NdisAllocateMemoryWithTagPriority(NULL, *BufferSize, POOL_TAG, NormalPoolPriority);
    PMDL mdl;

    if (memory == NULL) {
        return NULL;
    }
    mdl = NdisAllocateMdl(NULL, memory, *BufferSize);
    if (mdl == NULL) {
        NdisFreeMemory(memory, 0, 0);
    }
    return mdl;
}

VOID FreeHeader(PMDL Mdl)
{
    PVOID memory = MmGetMdlVirtualAddress(Mdl);

    NdisFreeMdl(Mdl);
    NdisFreeMemory(memory, 0, 0);
}

static VOID Act(VOID)
{
    PNET_BUFFER netBuffer;

    netBuffer = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, 0, 100); /* allocated ADV-HANDLER */
    if (netBuffer == NULL) {
        return;
    }
    if (NdisRetreatNetBufferDataStart(netBuffer, HEADER_SIZE, 0, AllocateHeader) == NDIS_STATUS_SUCCESS) {
#ifdef MISTAKE
        NdisAdvanceNetBufferDataStart(netBuffer, HEADER_SIZE, TRUE, NULL); /* at ADV-HANDLER */
        NdisAdvanceNetBufferDataStart(netBuffer, 0, TRUE, FreeHeader);
#else
        NdisAdvanceNetBufferDataStart(netBuffer, HEADER_SIZE, TRUE, FreeHeader);
#endif
    }
    NdisFreeNetBuffer(netBuffer);
}
