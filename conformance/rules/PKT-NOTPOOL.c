/* A packet of the driver's own making: there is nothing of NDIS behind it. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;
static NDIS_PACKET Own;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    if (Packet == NULL || Buffer == NULL) {
        return;
    }
#ifdef MISTAKE
    NdisChainBufferAtFront(&Own, Buffer); /* at PKT-NOTPOOL */
    NdisUnchainBufferAtFront(&Own, &Buffer);
#else
    UNREFERENCED_PARAMETER(Own);
    NdisChainBufferAtFront(Packet, Buffer);
    NdisUnchainBufferAtFront(Packet, &Buffer);
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
