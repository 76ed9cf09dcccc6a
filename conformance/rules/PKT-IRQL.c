/* The interrupt handler takes a packet for what has arrived, above DISPATCH_LEVEL. */
#include "packets.h"

static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

#define DEVICE_IRQL 5

static VOID TakePacket(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacket(&status, &Packet, PacketPool); /* at PKT-IRQL */
}

static VOID Start(VOID)
{
    NDIS_STATUS status;
    KIRQL irql;

    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
#ifdef MISTAKE
    KeRaiseIrql(DEVICE_IRQL, &irql);
#else
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
#endif
    TakePacket();
    KeLowerIrql(irql);
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
