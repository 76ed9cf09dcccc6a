/* The interrupt handler maps what has arrived, above DISPATCH_LEVEL. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 1514
#define DEVICE_IRQL 5

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PVOID Block;
static PNDIS_BUFFER Received;

static VOID MapReceived(VOID)
{
    NDIS_STATUS status;

    NdisAllocateBuffer(&status, &Received, BufferPool, Block, BLOCK_SIZE); /* at BUF-IRQL */
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    KIRQL irql;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 1);
#ifdef MISTAKE
    KeRaiseIrql(DEVICE_IRQL, &irql);
#else
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
#endif
    MapReceived();
    KeLowerIrql(irql);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Received != NULL) {
        NdisFreeBuffer(Received);
    }
    NdisFreeBufferPool(BufferPool);
    NdisFreeMemory(Block, 0, 0);
}
