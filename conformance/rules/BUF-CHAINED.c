/* A descriptor is freed while a packet still has it in its chain. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Header;
static PNDIS_BUFFER Payload;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Header, BufferPool, Block, 14);
    NdisAllocateBuffer(&status, &Payload, BufferPool, Block + 14, 60); /* allocated BUF-CHAINED */
    if (Packet != NULL && Header != NULL && Payload != NULL) {
        NdisChainBufferAtBack(Packet, Payload);
        NdisChainBufferAtFront(Packet, Header);
    }
}

static VOID Stop(VOID)
{
#ifdef MISTAKE
    NdisFreeBuffer(Payload); /* at BUF-CHAINED */
    NdisReinitializePacket(Packet);
#else
    NdisReinitializePacket(Packet);
    NdisFreeBuffer(Payload);
#endif
    NdisFreeBuffer(Header);
    NdisFreePacket(Packet);
}
