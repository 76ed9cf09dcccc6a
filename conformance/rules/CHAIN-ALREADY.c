/* A descriptor that is in the packet already is chained to its back again, and would hang on itself. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE); /* allocated CHAIN-ALREADY */
    if (Packet == NULL || Buffer == NULL) {
        return;
    }
    NdisChainBufferAtBack(Packet, Buffer);
#ifdef MISTAKE
    NdisChainBufferAtBack(Packet, Buffer); /* at CHAIN-ALREADY */
#endif
    NdisUnchainBufferAtBack(Packet, &Buffer);
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
