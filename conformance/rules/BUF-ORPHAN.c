/* The descriptor that a copy was made of goes first. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;
static PNDIS_BUFFER Copy;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE); /* allocated BUF-ORPHAN */
    if (Buffer != NULL) {
        NdisCopyBuffer(&status, &Copy, BufferPool, Buffer, 14, 40);
    }
}

static VOID Stop(VOID)
{
#ifdef MISTAKE
    NdisFreeBuffer(Buffer); /* at BUF-ORPHAN */
    NdisFreeBuffer(Copy);
#else
    NdisFreeBuffer(Copy);
    NdisFreeBuffer(Buffer);
#endif
    NdisFreePacket(Packet);
}
