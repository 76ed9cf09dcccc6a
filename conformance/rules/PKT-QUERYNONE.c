/* A query that asks for nothing. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

#ifdef MISTAKE
#define COUNT NULL
#else
#define COUNT (&count)
#endif

static VOID Start(VOID)
{
    NDIS_STATUS status;
    UINT count = 0;

    NdisAllocatePacket(&status, &Packet, PacketPool); /* allocated PKT-QUERYNONE */
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    if (Packet == NULL) {
        return;
    }
    NdisQueryPacket(Packet, NULL, COUNT, NULL, NULL); /* at PKT-QUERYNONE */
    DbgPrint("%u descriptors\n", count);
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
