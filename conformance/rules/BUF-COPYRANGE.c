/* A copy is asked for that goes beyond the descriptor. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;
static PNDIS_BUFFER Copy;

#ifdef MISTAKE
#define OFFSET 14
#else
#define OFFSET 0
#endif

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE); /* allocated BUF-COPYRANGE */
    if (Buffer != NULL) {
        NdisCopyBuffer(&status, &Copy, BufferPool, Buffer, OFFSET, BLOCK_SIZE); /* at BUF-COPYRANGE */
    }
}

static VOID Stop(VOID)
{
    if (Copy != NULL) {
        NdisFreeBuffer(Copy);
    }
    NdisFreeBuffer(Buffer);
    NdisFreePacket(Packet);
}
