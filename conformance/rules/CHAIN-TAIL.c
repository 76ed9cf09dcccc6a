/* A header is hung into the chain by hand, and the packet does not learn what its last descriptor is. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Header;
static PNDIS_BUFFER Payload;
static PNDIS_BUFFER Trailer;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool); /* allocated CHAIN-TAIL */
    NdisAllocateBuffer(&status, &Header, BufferPool, Block, 14);
    NdisAllocateBuffer(&status, &Payload, BufferPool, Block + 14, 46);
    NdisAllocateBuffer(&status, &Trailer, BufferPool, Block + 60, 4);
    if (Packet == NULL || Header == NULL || Payload == NULL || Trailer == NULL) {
        return;
    }
    NdisChainBufferAtFront(Packet, Header);
    NDIS_BUFFER_LINKAGE(Header) = Payload;
#ifdef MISTAKE
    NDIS_PACKET_VALID_COUNTS(Packet) = FALSE;
#else
    NdisRecalculatePacketCounts(Packet);
#endif
    NdisChainBufferAtBack(Packet, Trailer); /* at CHAIN-TAIL */
    NdisReinitializePacket(Packet);
}

static VOID Stop(VOID)
{
    NdisFreeBuffer(Header);
    NdisFreeBuffer(Payload);
    NdisFreeBuffer(Trailer);
    NdisFreePacket(Packet);
}
