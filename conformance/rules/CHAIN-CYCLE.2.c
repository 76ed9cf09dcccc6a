/* A descriptor that is in the packet already is chained to its back again, and hangs on itself. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 60

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PVOID Block;
static PNDIS_BUFFER Buffer;
static NDIS_PACKET Packet;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 1);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE); /* allocated CHAIN-CYCLE */
    if (status == NDIS_STATUS_SUCCESS) {
        NdisChainBufferAtBack(&Packet, Buffer);
#ifdef MISTAKE
        NdisChainBufferAtBack(&Packet, Buffer); /* at CHAIN-CYCLE */
#endif
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    Packet.Private.Head = NULL;
    Packet.Private.ValidCounts = FALSE;
    if (Buffer != NULL) {
        NdisFreeBuffer(Buffer);
    }
    NdisFreeBufferPool(BufferPool);
    NdisFreeMemory(Block, 0, 0);
}
