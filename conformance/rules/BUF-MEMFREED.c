/* The memory of a frame is freed while the descriptor that maps it is kept for the next one. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;
static PVOID Frame;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    Frame = NdisAllocateMemoryWithTagPriority(NULL, 60, BLOCK_TAG, NormalPoolPriority);
    if (Packet == NULL || Frame == NULL) {
        return;
    }
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Frame, 60); /* allocated BUF-MEMFREED */
#ifdef MISTAKE
    NdisFreeMemory(Frame, 0, 0); /* at BUF-MEMFREED */
    Frame = NULL;
#endif
}

static VOID Stop(VOID)
{
    if (Buffer != NULL) {
        NdisFreeBuffer(Buffer);
    }
    if (Frame != NULL) {
        NdisFreeMemory(Frame, 0, 0);
    }
    if (Packet != NULL) {
        NdisFreePacket(Packet);
    }
}
