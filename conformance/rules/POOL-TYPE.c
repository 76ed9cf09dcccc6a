/* A driver that is being ported asks its NDIS 5 buffer pool for a NET_BUFFER. */
#include "pools.h"

#define BLOCK_SIZE 128

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PVOID Block;
static NDIS_HANDLE BufferPool;
static NDIS_HANDLE NetBufferPool;
static PNDIS_BUFFER Buffer;
static PNET_BUFFER NetBuffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, POOL_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    InitNetBufferPoolParameters(&parameters, 0);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (NetBufferPool == NULL) {
        NdisFreeMemory(Block, 0, 0);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 1); /* allocated POOL-TYPE */
    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
    if (status == NDIS_STATUS_SUCCESS) {
#ifdef MISTAKE
        NetBuffer = NdisAllocateNetBuffer(BufferPool, Buffer, 0, BLOCK_SIZE); /* at POOL-TYPE */
#else
        NetBuffer = NdisAllocateNetBuffer(NetBufferPool, Buffer, 0, BLOCK_SIZE);
#endif
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NetBuffer != NULL) {
        NdisFreeNetBuffer(NetBuffer);
    }
    if (Buffer != NULL) {
        NdisFreeBuffer(Buffer);
    }
    NdisFreeBufferPool(BufferPool);
    NdisFreeNetBufferPool(NetBufferPool);
    NdisFreeMemory(Block, 0, 0);
}
