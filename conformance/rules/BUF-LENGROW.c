/* A descriptor is made longer for a frame that is larger than the buffer under it. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static VOID Describe(UINT FrameLength)
{
    NdisAdjustBufferLength(Buffer, FrameLength); /* at BUF-LENGROW */
}

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE); /* allocated BUF-LENGROW */
    if (Buffer == NULL) {
        return;
    }
#ifdef MISTAKE
    Describe(BLOCK_SIZE + 4);
#else
    Describe(BLOCK_SIZE - 4);
#endif
    Describe(BLOCK_SIZE);
}

static VOID Stop(VOID)
{
    if (Buffer != NULL) {
        NdisFreeBuffer(Buffer);
    }
    if (Packet != NULL) {
        NdisFreePacket(Packet);
    }
}
