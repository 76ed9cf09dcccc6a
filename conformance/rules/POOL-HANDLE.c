/* A descriptor is asked of a pool that was freed before. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 1514

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PVOID Block;

/* Maps the block once, as the last frame of the driver would. */
static VOID MapBlock(VOID)
{
    NDIS_STATUS status;
    PNDIS_BUFFER buffer;

    NdisAllocateBuffer(&status, &buffer, BufferPool, Block, BLOCK_SIZE); /* at POOL-HANDLE */
    if (status == NDIS_STATUS_SUCCESS) {
        NdisFreeBuffer(buffer);
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    PNDIS_BUFFER buffer;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 1); /* allocated POOL-HANDLE */
    NdisAllocateBuffer(&status, &buffer, BufferPool, Block, BLOCK_SIZE);
    if (status == NDIS_STATUS_SUCCESS) {
        NdisFreeBuffer(buffer);
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifdef MISTAKE
    NdisFreeBufferPool(BufferPool);
    MapBlock();
#else
    MapBlock();
    NdisFreeBufferPool(BufferPool);
#endif
    NdisFreeMemory(Block, 0, 0);
}
