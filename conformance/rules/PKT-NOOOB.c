/* A template of a packet is copied over one of the pool: what told where its out-of-band data lies is gone. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool); /* allocated PKT-NOOOB */
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    if (Packet == NULL) {
        return;
    }
#ifdef MISTAKE
    NdisZeroMemory(&Packet->Private, sizeof(Packet->Private));
#else
    NdisReinitializePacket(Packet);
#endif
    NDIS_SET_PACKET_HEADER_SIZE(Packet, 14); /* at PKT-NOOOB */
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
