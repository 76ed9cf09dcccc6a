/* A miniport chains an MDL of the I/O manager to a packet; only a protocol on top may do that. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 128

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PVOID Block;
static PNDIS_BUFFER Buffer;
static PMDL Mdl;
static NDIS_PACKET Packet;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Mdl = IoAllocateMdl(Block, BLOCK_SIZE, FALSE, FALSE, NULL); /* allocated BUF-NOTPOOL */
    if (Mdl == NULL) {
        NdisFreeMemory(Block, 0, 0);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    MmBuildMdlForNonPagedPool(Mdl);
    NdisAllocateBufferPool(&status, &BufferPool, 1);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    if (status == NDIS_STATUS_SUCCESS) {
#ifdef MISTAKE
        NdisChainBufferAtBack(&Packet, Mdl); /* at BUF-NOTPOOL */
#else
        NdisChainBufferAtBack(&Packet, Buffer);
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
    IoFreeMdl(Mdl);
    NdisFreeMemory(Block, 0, 0);
}
