/* The number of descriptors is read from a configuration that has none. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 60

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static ULONG ConfiguredDescriptors;
static NDIS_HANDLE BufferPool;
static PVOID Block;
static PNDIS_BUFFER Buffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    ULONG descriptors = ConfiguredDescriptors;

    UNREFERENCED_PARAMETER(RegistryPath);

#ifndef MISTAKE
    if (descriptors == 0) {
        descriptors = 1;
    }
#endif
    NdisAllocateBufferPool(&status, &BufferPool, descriptors); /* at POOL-ZERO */
    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block != NULL && descriptors > 0) {
        NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
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
    NdisFreeBufferPool(BufferPool);
    if (Block != NULL) {
        NdisFreeMemory(Block, 0, 0);
    }
}
