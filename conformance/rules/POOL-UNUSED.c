/* A pool is made and freed, and nothing was ever taken from it. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 60

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PVOID Block;
static PNDIS_BUFFER Buffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateBufferPool(&status, &BufferPool, 4); /* allocated POOL-UNUSED */
    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
#ifndef MISTAKE
    if (Block != NULL) {
        NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    }
#endif
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Buffer != NULL) {
        NdisFreeBuffer(Buffer);
    }
    NdisFreeBufferPool(BufferPool); /* at POOL-UNUSED */
    if (Block != NULL) {
        NdisFreeMemory(Block, 0, 0);
    }
}
