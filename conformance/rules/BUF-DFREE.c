/* A descriptor is freed when its send completes, and again when the driver sweeps its table. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define SENDS 4
#define SEND_SIZE 64

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PUCHAR Block;
static PNDIS_BUFFER Sends[SENDS];

static VOID CompleteSend(ULONG Number)
{
    NdisFreeBuffer(Sends[Number]);
#ifndef MISTAKE
    Sends[Number] = NULL;
#endif
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, SENDS * SEND_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, SENDS);
    for (i = 0; i < SENDS; i++) {
        NdisAllocateBuffer(&status, &Sends[i], BufferPool, Block + i * SEND_SIZE, SEND_SIZE); /* allocated BUF-DFREE */
    }
    if (Sends[1] != NULL) {
        CompleteSend(1);
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    for (i = 0; i < SENDS; i++) {
        if (Sends[i] != NULL) {
            NdisFreeBuffer(Sends[i]); /* at BUF-DFREE */
        }
    }
    NdisFreeBufferPool(BufferPool);
    NdisFreeMemory(Block, 0, 0);
}
