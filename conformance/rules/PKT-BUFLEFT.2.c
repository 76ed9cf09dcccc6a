/* A packet is made ready for its next frame, and the descriptor of the last one is forgotten. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 60

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE PacketPool;
static NDIS_HANDLE BufferPool;
static PVOID Block;
static PNDIS_PACKET Packet;

static VOID Reuse(VOID)
{
    PNDIS_BUFFER buffer = NULL;

#ifndef MISTAKE
    NdisUnchainBufferAtFront(Packet, &buffer);
#endif
    NdisReinitializePacket(Packet); /* at PKT-BUFLEFT */
    if (buffer != NULL) {
        NdisFreeBuffer(buffer);
        NdisFreeBufferPool(BufferPool);
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_BUFFER buffer;
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
    NdisAllocatePacket(&status, &Packet, PacketPool);
    NdisAllocateBuffer(&status, &buffer, BufferPool, Block, BLOCK_SIZE); /* allocated PKT-BUFLEFT */
    NdisChainBufferAtFront(Packet, buffer);
    Reuse();
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFreePacket(Packet);
    NdisFreePacketPool(PacketPool);
    NdisFreeMemory(Block, 0, 0);
}
