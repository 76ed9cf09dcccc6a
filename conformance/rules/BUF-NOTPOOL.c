/* A miniport chains an MDL of the I/O manager to a packet; only a protocol on top may do that. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;
static PMDL Mdl;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    Mdl = IoAllocateMdl(Block, BLOCK_SIZE, FALSE, FALSE, NULL); /* allocated BUF-NOTPOOL */
    if (Packet == NULL || Buffer == NULL || Mdl == NULL) {
        return;
    }
    MmBuildMdlForNonPagedPool(Mdl);
#ifdef MISTAKE
    NdisChainBufferAtBack(Packet, Mdl); /* at BUF-NOTPOOL */
#else
    NdisChainBufferAtBack(Packet, Buffer);
#endif
    NdisReinitializePacket(Packet);
}

static VOID Stop(VOID)
{
    if (Buffer != NULL) {
        NdisFreeBuffer(Buffer);
    }
    if (Packet != NULL) {
        NdisFreePacket(Packet);
    }
    if (Mdl != NULL) {
        IoFreeMdl(Mdl);
    }
}
