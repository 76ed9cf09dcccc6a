/* A buffer pool is created inside the lock that guards its handle. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define DESCRIPTORS 16
#define BLOCK_SIZE 256

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_SPIN_LOCK PoolLock;
static NDIS_HANDLE BufferPool;
static PVOID Block;
static PNDIS_BUFFER Buffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateSpinLock(&PoolLock);
#ifdef MISTAKE
    NdisAcquireSpinLock(&PoolLock);
    NdisAllocateBufferPool(&status, &pool, DESCRIPTORS); /* at SPIN-HELD */
#else
    NdisAllocateBufferPool(&status, &pool, DESCRIPTORS);
    NdisAcquireSpinLock(&PoolLock);
#endif
    BufferPool = pool;
    NdisReleaseSpinLock(&PoolLock);

    NdisAllocateBuffer(&status, &Buffer, BufferPool, Block, BLOCK_SIZE);
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
    NdisFreeSpinLock(&PoolLock);
    NdisFreeMemory(Block, 0, 0);
}
