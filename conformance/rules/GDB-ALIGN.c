/* A header is to start two bytes behind a multiple of four; the two numbers are taken for each other. */
#include "frame.h"

#define HEADER_SIZE 20

static VOID Act(VOID)
{
    UCHAR storage[HEADER_SIZE];
    PNET_BUFFER netBuffer;
    PUCHAR header;

    netBuffer = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, 2, 100); /* allocated GDB-ALIGN */
    if (netBuffer == NULL) {
        return;
    }
#ifdef MISTAKE
    header = NdisGetDataBuffer(netBuffer, HEADER_SIZE, storage, 2, 4); /* at GDB-ALIGN */
#else
    header = NdisGetDataBuffer(netBuffer, HEADER_SIZE, storage, 4, 2);
#endif
    if (header != NULL) {
        DbgPrint("starts with %u\n", header[0]);
    }
    NdisFreeNetBuffer(netBuffer);
}
