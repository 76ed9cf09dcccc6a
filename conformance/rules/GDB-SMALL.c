/* Storage for a header is allocated without its options. */
#include "frame.h"

#define HEADER_SIZE 20
#define OPTIONS_SIZE 40

static VOID Act(VOID)
{
#ifdef MISTAKE
    ULONG size = HEADER_SIZE;
#else
    ULONG size = HEADER_SIZE + OPTIONS_SIZE;
#endif
    PNET_BUFFER netBuffer;
    PUCHAR storage;
    PUCHAR header;

    storage = NdisAllocateMemoryWithTagPriority(NULL, size, POOL_TAG, NormalPoolPriority); /* allocated GDB-SMALL */
    netBuffer = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, HEADROOM, 100);
    if (storage != NULL && netBuffer != NULL) {
        header = NdisGetDataBuffer(netBuffer, HEADER_SIZE + OPTIONS_SIZE, storage, 1, 0); /* at GDB-SMALL */
        if (header != NULL) {
            DbgPrint("starts with %u\n", header[0]);
        }
    }
    if (netBuffer != NULL) {
        NdisFreeNetBuffer(netBuffer);
    }
    if (storage != NULL) {
        NdisFreeMemory(storage, 0, 0);
    }
}
