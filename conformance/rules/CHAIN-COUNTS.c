/* A frame is cut short in its descriptor, and the packet still has the counts of before. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static UINT LengthOf(PNDIS_PACKET Of)
{
    UINT length;

    NdisQueryPacketLength(Of, &length); /* at CHAIN-COUNTS */
    return length;
}

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool); /* allocated CHAIN-COUNTS */
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    if (Packet == NULL || Buffer == NULL) {
        return;
    }
    NdisChainBufferAtFront(Packet, Buffer);
    DbgPrint("%u bytes\n", LengthOf(Packet));
    NdisAdjustBufferLength(Buffer, 60);
#ifndef MISTAKE
    NDIS_PACKET_VALID_COUNTS(Packet) = FALSE;
#endif
    DbgPrint("%u bytes\n", LengthOf(Packet));
    NdisAdjustBufferLength(Buffer, BLOCK_SIZE);
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
