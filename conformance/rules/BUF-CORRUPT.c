/* A header is skipped by changing the address in the descriptor itself. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

static VOID SkipHeader(UINT Bytes)
{
#ifdef MISTAKE
    Buffer->MappedSystemVa = (PUCHAR)Buffer->MappedSystemVa + Bytes;
#else
    UNREFERENCED_PARAMETER(Bytes);
#endif
}

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE); /* allocated BUF-CORRUPT */
    if (Packet == NULL || Buffer == NULL) {
        return;
    }
    SkipHeader(14);
    NdisChainBufferAtFront(Packet, Buffer); /* at BUF-CORRUPT */
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
