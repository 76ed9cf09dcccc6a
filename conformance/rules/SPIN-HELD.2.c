/* Descriptors go back to their pool inside the lock of the queue they are taken from. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define DEPTH 4
#define BLOCK_SIZE 64

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_SPIN_LOCK QueueLock;
static NDIS_HANDLE BufferPool;
static PUCHAR Block;
static PNDIS_BUFFER Queue[DEPTH];
static ULONG QueueLength;

static VOID EmptyQueue(VOID)
{
    PNDIS_BUFFER buffer;

    NdisAcquireSpinLock(&QueueLock);
    while (QueueLength > 0) {
        buffer = Queue[--QueueLength];
#ifdef MISTAKE
        NdisFreeBuffer(buffer); /* at SPIN-HELD */
#else
        NdisReleaseSpinLock(&QueueLock);
        NdisFreeBuffer(buffer);
        NdisAcquireSpinLock(&QueueLock);
#endif
    }
    NdisReleaseSpinLock(&QueueLock);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, DEPTH * BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateSpinLock(&QueueLock);
    NdisAllocateBufferPool(&status, &BufferPool, DEPTH);
    while (QueueLength < DEPTH) {
        NdisAllocateBuffer(&status, &Queue[QueueLength], BufferPool, Block + QueueLength * BLOCK_SIZE, BLOCK_SIZE);
        if (status != NDIS_STATUS_SUCCESS) {
            break;
        }
        QueueLength++;
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    EmptyQueue();
    NdisFreeBufferPool(BufferPool);
    NdisFreeSpinLock(&QueueLock);
    NdisFreeMemory(Block, 0, 0);
}
