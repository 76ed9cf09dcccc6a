/* A descriptor is freed while a packet still has it in its chain. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define HEADER_SIZE 14
#define BLOCK_SIZE 74

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PUCHAR Block;
static PNDIS_BUFFER Header;
static PNDIS_BUFFER Payload;
static NDIS_PACKET Packet;

static VOID UnchainAll(VOID)
{
    Packet.Private.Head = NULL;
    Packet.Private.Tail = NULL;
    Packet.Private.ValidCounts = FALSE;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 2);
    NdisAllocateBuffer(&status, &Header, BufferPool, Block, HEADER_SIZE);
    NdisAllocateBuffer(&status, &Payload, BufferPool, Block + HEADER_SIZE, /* allocated BUF-CHAINED */
                       BLOCK_SIZE - HEADER_SIZE);
    if (Header == NULL || Payload == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisChainBufferAtBack(&Packet, Payload);
    NdisChainBufferAtFront(&Packet, Header);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifdef MISTAKE
    NdisFreeBuffer(Payload); /* at BUF-CHAINED */
    UnchainAll();
#else
    UnchainAll();
    NdisFreeBuffer(Payload);
#endif
    NdisFreeBuffer(Header);
    NdisFreeBufferPool(BufferPool);
    NdisFreeMemory(Block, 0, 0);
}
