/* Two paths of an error each give the packet back. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static VOID Drop(VOID)
{
    NdisFreePacket(Packet); /* at PKT-DFREE */
}

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool); /* allocated PKT-DFREE */
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
}

static VOID Stop(VOID)
{
    Drop();
#ifdef MISTAKE
    Drop();
#endif
    NdisFreeBuffer(Buffer);
}
