/* A packet goes back to its pool inside the lock of the queue that it was on. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;
static NDIS_SPIN_LOCK QueueLock;

static VOID Start(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
}

static VOID Stop(VOID)
{
    NdisFreeBuffer(Buffer);
    NdisAllocateSpinLock(&QueueLock);
    NdisAcquireSpinLock(&QueueLock);
#ifdef MISTAKE
    NdisFreePacket(Packet); /* at SPIN-HELD */
    NdisReleaseSpinLock(&QueueLock);
#else
    NdisReleaseSpinLock(&QueueLock);
    NdisFreePacket(Packet);
#endif
    NdisFreeSpinLock(&QueueLock);
}
