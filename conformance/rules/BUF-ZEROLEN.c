/* A descriptor is made for a frame that has no trailer, over no bytes. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 64

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PUCHAR Block;
static PNDIS_BUFFER Data;
static PNDIS_BUFFER Trailer;

static VOID MapFrame(UINT DataLength)
{
    NDIS_STATUS status;
    UINT trailerLength = BLOCK_SIZE - DataLength;

    NdisAllocateBuffer(&status, &Data, BufferPool, Block, DataLength);
#ifndef MISTAKE
    if (trailerLength == 0) {
        return;
    }
#endif
    NdisAllocateBuffer(&status, &Trailer, BufferPool, Block, trailerLength); /* at BUF-ZEROLEN */
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 2);
    MapFrame(BLOCK_SIZE);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Trailer != NULL) {
        NdisFreeBuffer(Trailer);
    }
    if (Data != NULL) {
        NdisFreeBuffer(Data);
    }
    NdisFreeBufferPool(BufferPool);
    NdisFreeMemory(Block, 0, 0);
}
