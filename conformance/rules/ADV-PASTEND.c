/* A header is skipped in a frame that may be shorter than the header. */
#include "frame.h"

#define HEADER_SIZE 40

static VOID SkipHeader(PNET_BUFFER NetBuffer)
{
#ifndef MISTAKE
    if (NET_BUFFER_DATA_LENGTH(NetBuffer) < HEADER_SIZE) {
        return;
    }
#endif
    NdisAdvanceNetBufferDataStart(NetBuffer, HEADER_SIZE, FALSE, NULL); /* at ADV-PASTEND */
}

static VOID Act(VOID)
{
    PNET_BUFFER netBuffer;

    netBuffer = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, 0, 28); /* allocated ADV-PASTEND */
    if (netBuffer == NULL) {
        return;
    }
    SkipHeader(netBuffer);
    NdisFreeNetBuffer(netBuffer);
}
