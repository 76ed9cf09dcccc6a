/* A packet is forgotten, and the descriptor that is chained to it is lost with it. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 60

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE PacketPool;
static NDIS_HANDLE BufferPool;
static PVOID Block;
static PNDIS_PACKET Packet;
static PNDIS_BUFFER Buffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacketPool(&status, &PacketPool, 1, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Block, 0, 0);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 1);
    NdisAllocatePacket(&status, &Packet, PacketPool); /* at, allocated PKT-LEAK */
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    if (Packet != NULL && Buffer != NULL) {
        NdisChainBufferAtFront(Packet, Buffer);
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifndef MISTAKE
    NdisUnchainBufferAtFront(Packet, &Buffer);
    NdisFreeBuffer(Buffer);
    NdisFreeBufferPool(BufferPool);
    NdisFreePacket(Packet);
    NdisFreePacketPool(PacketPool);
#endif
    NdisFreeMemory(Block, 0, 0);
}
