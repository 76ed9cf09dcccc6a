/* A packet that was taken without interlock is freed by a function that expects one. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;
static NDIS_SPIN_LOCK PoolLock;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    NdisAllocateSpinLock(&PoolLock);
    NdisAcquireSpinLock(&PoolLock);
    NdisDprAllocatePacketNonInterlocked(&status, &Packet, PacketPool); /* allocated PKT-NONINTPAIR */
    if (Packet != NULL) {
#ifdef MISTAKE
        NdisDprFreePacket(Packet); /* at PKT-NONINTPAIR */
#else
        NdisDprFreePacketNonInterlocked(Packet);
#endif
    }
    NdisReleaseSpinLock(&PoolLock);
}

static VOID Stop(VOID)
{
    NdisFreeBuffer(Buffer);
    NdisFreeSpinLock(&PoolLock);
}
