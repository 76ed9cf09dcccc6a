/* Data is moved up within one frame to make room for a tag, with a function that copies between two. */
#include "frame.h"

#define TAG_SIZE 4

static VOID Act(VOID)
{
    PNET_BUFFER netBuffer;
    ULONG copied;

    netBuffer = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, 0, 100); /* allocated COPY-OVERLAP */
    if (netBuffer == NULL) {
        return;
    }
#ifdef MISTAKE
    NdisCopyFromNetBufferToNetBuffer(netBuffer, 12 + TAG_SIZE, 88, netBuffer, 12, &copied); /* at COPY-OVERLAP */
#else
    NdisCopyFromNetBufferToNetBuffer(netBuffer, 100, 88, netBuffer, 12, &copied);
#endif
    DbgPrint("%u bytes\n", copied);
    NdisFreeNetBuffer(netBuffer);
}
