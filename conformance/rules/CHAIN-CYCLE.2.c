/* The last descriptor of a packet is linked back to the first, and the packet is counted. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static VOID Start(VOID)
{
    NDIS_STATUS status;
    UINT length;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE); /* allocated CHAIN-CYCLE */
    if (Packet == NULL || Buffer == NULL) {
        return;
    }
    NdisChainBufferAtFront(Packet, Buffer);
#ifdef MISTAKE
    NDIS_BUFFER_LINKAGE(Buffer) = NDIS_PACKET_FIRST_NDIS_BUFFER(Packet);
#endif
    NdisQueryPacketLength(Packet, &length); /* at CHAIN-CYCLE */
    DbgPrint("%u bytes\n", length);
    NDIS_BUFFER_LINKAGE(Buffer) = NULL;
    NdisUnchainBufferAtFront(Packet, &Buffer);
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
