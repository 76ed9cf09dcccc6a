/* A header is put in front of a frame, and the frame is freed with the MDL that the header is in. */
#include "frame.h"

#define HEADER_SIZE 40

static VOID Act(VOID)
{
    PNET_BUFFER netBuffer;

    netBuffer = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, 0, 100); /* allocated NB-FOREIGNMDL */
    if (netBuffer == NULL) {
        return;
    }
    if (NdisRetreatNetBufferDataStart(netBuffer, HEADER_SIZE, 0, NULL) == NDIS_STATUS_SUCCESS) {
#ifndef MISTAKE
        NdisAdvanceNetBufferDataStart(netBuffer, HEADER_SIZE, TRUE, NULL);
#endif
    }
    NdisFreeNetBuffer(netBuffer); /* at NB-FOREIGNMDL */
}
