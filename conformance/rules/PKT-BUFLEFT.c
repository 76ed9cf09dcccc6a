/* A packet is freed with a descriptor chained, which nobody has any more then. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool); /* allocated PKT-BUFLEFT */
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    if (Packet != NULL && Buffer != NULL) {
        NdisChainBufferAtFront(Packet, Buffer);
    }
}

static VOID Stop(VOID)
{
#ifndef MISTAKE
    NdisUnchainBufferAtFront(Packet, &Buffer);
    NdisFreeBuffer(Buffer);
#endif
    NdisFreePacket(Packet); /* at PKT-BUFLEFT */
}
