/* A descriptor is to map a whole frame, but the block it lies in is only as long as the data of one. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 1500
#define FRAME_SIZE 1514

#ifdef MISTAKE
#define MAPPED FRAME_SIZE
#else
#define MAPPED BLOCK_SIZE
#endif

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PVOID Block;
static PNDIS_BUFFER Spare;
static PNDIS_BUFFER Buffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 2);
    NdisAllocateBuffer(&status, &Spare, BufferPool, Block, 14);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, MAPPED); /* at BUF-RANGE */
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Buffer != NULL) {
        NdisFreeBuffer(Buffer);
    }
    if (Spare != NULL) {
        NdisFreeBuffer(Spare);
    }
    NdisFreeBufferPool(BufferPool);
    NdisFreeMemory(Block, 0, 0);
}
