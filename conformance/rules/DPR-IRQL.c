/* The function for DPCs is called where the driver starts, at PASSIVE_LEVEL. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
#ifdef MISTAKE
    NdisDprAllocatePacket(&status, &Packet, PacketPool); /* at DPR-IRQL */
#else
    NdisAllocatePacket(&status, &Packet, PacketPool);
#endif
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
