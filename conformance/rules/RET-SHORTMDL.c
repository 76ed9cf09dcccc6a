/* The allocate handler has MDLs of one size, and does not look at the size it is asked for. */
#include "frame.h"

#define SMALL_SIZE 16
#define HEADER_SIZE 40

NET_BUFFER_ALLOCATE_MDL AllocateHeader;
NET_BUFFER_FREE_MDL FreeHeader;

static PMDL LastMdl;

PMDL AllocateHeader(PULONG BufferSize)
{
#ifdef MISTAKE
    ULONG size = SMALL_SIZE;
#else
    ULONG size = *BufferSize > SMALL_SIZE ? *BufferSize : SMALL_SIZE;
#endif
    PUCHAR memory = NdisAllocateMemoryWithTagPriority(NULL, size, POOL_TAG, NormalPoolPriority);

    UNREFERENCED_PARAMETER(BufferSize);
    if (memory == NULL) {
        return NULL;
    }
    LastMdl = NdisAllocateMdl(NULL, memory, size);
    if (LastMdl == NULL) {
        NdisFreeMemory(memory, 0, 0);
    }
    return LastMdl;
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

    netBuffer = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, 0, 100); /* allocated RET-SHORTMDL */
    if (netBuffer == NULL) {
        return;
    }
    if (NdisRetreatNetBufferDataStart(netBuffer, HEADER_SIZE, 0, AllocateHeader) == /* at RET-SHORTMDL */
        NDIS_STATUS_SUCCESS) {
        NdisAdvanceNetBufferDataStart(netBuffer, HEADER_SIZE, TRUE, FreeHeader);
    } else if (LastMdl != NULL) {
        FreeHeader(LastMdl);
    }
    NdisFreeNetBuffer(netBuffer);
}
