/* A descriptor was cut to the length of a frame, and goes back to its pool like that. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE); /* allocated BUF-LENRESTORE */
}

static VOID Stop(VOID)
{
    if (Buffer != NULL) {
        NdisAdjustBufferLength(Buffer, 60);
#ifndef MISTAKE
        NdisAdjustBufferLength(Buffer, BLOCK_SIZE);
#endif
        NdisFreeBuffer(Buffer); /* at BUF-LENRESTORE */
    }
    if (Packet != NULL) {
        NdisFreePacket(Packet);
    }
}
