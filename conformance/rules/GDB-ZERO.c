/* The options of a header are asked for, whether it has some or not. */
#include "frame.h"

#define OPTIONS_SIZE 0

static VOID Act(VOID)
{
    PNET_BUFFER netBuffer;
    PUCHAR options;

    netBuffer = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, 0, 100); /* allocated GDB-ZERO */
    if (netBuffer == NULL) {
        return;
    }
#ifdef MISTAKE
    options = NdisGetDataBuffer(netBuffer, OPTIONS_SIZE, NULL, 1, 0); /* at GDB-ZERO */
#else
    options = OPTIONS_SIZE == 0 ? NULL : NdisGetDataBuffer(netBuffer, OPTIONS_SIZE, NULL, 1, 0);
#endif
    DbgPrint("%s\n", options == NULL ? "no options" : "options");
    NdisFreeNetBuffer(netBuffer);
}
