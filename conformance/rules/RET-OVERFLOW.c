/* The room for a header is computed with an option length that may be shorter than what is taken off it. */
#include "frame.h"

#define HEADER_SIZE 14
#ifdef MISTAKE
#define OPTIONS_SIZE 8
#else
#define OPTIONS_SIZE 24
#endif
#define OPTIONS_TAKEN_OFF 24

static VOID Act(VOID)
{
    ULONG delta = HEADER_SIZE + OPTIONS_SIZE - OPTIONS_TAKEN_OFF;
    PNET_BUFFER netBuffer;

    netBuffer = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, HEADROOM, 100); /* allocated RET-OVERFLOW */
    if (netBuffer == NULL) {
        return;
    }
    delta -= 4; /* the check sequence */
    if (NdisRetreatNetBufferDataStart(netBuffer, delta, 0, NULL) == NDIS_STATUS_SUCCESS) { /* at RET-OVERFLOW */
        NdisAdvanceNetBufferDataStart(netBuffer, delta, TRUE, NULL);
    }
    NdisFreeNetBuffer(netBuffer);
}
