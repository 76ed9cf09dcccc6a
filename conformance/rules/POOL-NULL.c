/* A driver for Windows XP knows that its buffer pools have no handle, and leaves the pool out. */
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

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
#ifndef MISTAKE
    NdisAllocateBufferPool(&status, &BufferPool, 1);
#endif
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE); /* at POOL-NULL */
    if (status != NDIS_STATUS_SUCCESS) {
        DbgPrint("no descriptor: 0x%08x\n", status);
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Buffer != NULL) {
        NdisFreeBuffer(Buffer);
    }
    if (BufferPool != NULL) {
        NdisFreeBufferPool(BufferPool);
    }
    NdisFreeMemory(Block, 0, 0);
}
