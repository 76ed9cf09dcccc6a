/* The pool goes first and its descriptor after it: both calls break a rule. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 64

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PVOID Block;
static PNDIS_BUFFER Buffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 1);
    NdisAllocateBuffer(&status, &Buffer, BufferPool, /* allocated BUF-ZOMBIE */ /* allocated POOL-OUTSTANDING */
                       Block, BLOCK_SIZE);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifdef MISTAKE
    NdisFreeBufferPool(BufferPool); /* at POOL-OUTSTANDING */
#endif
    if (Buffer != NULL) {
        NdisFreeBuffer(Buffer); /* at BUF-ZOMBIE */
    }
#ifndef MISTAKE
    NdisFreeBufferPool(BufferPool);
#endif
    NdisFreeMemory(Block, 0, 0);
}
