/* A packet is looked at after it went back to its pool. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool); /* allocated PKT-NOTPOOL */
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
}

static VOID Stop(VOID)
{
    UINT count;

#ifdef MISTAKE
    NdisFreePacket(Packet);
    NdisQueryPacket(Packet, NULL, &count, NULL, NULL); /* at PKT-NOTPOOL */
#else
    NdisQueryPacket(Packet, NULL, &count, NULL, NULL);
    NdisFreePacket(Packet);
#endif
    DbgPrint("%u descriptors\n", count);
    NdisFreeBuffer(Buffer);
}
