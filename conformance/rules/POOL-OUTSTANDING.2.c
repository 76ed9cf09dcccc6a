/* An error path inside a loop loses a NET_BUFFER, which is seen when the pool of all goes. */
#include "pools.h"

#define BUFFERS 16
#define SMALLEST 64

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PNET_BUFFER NetBuffers[BUFFERS];
static ULONG BufferCount;

/* A NET_BUFFER over a block of its own, or NULL. */
static PNET_BUFFER CreateBuffer(ULONG Size)
{
    PNET_BUFFER netBuffer;
    PVOID block;
    PMDL mdl;

    netBuffer = NdisAllocateNetBuffer(NetBufferPool, NULL, 0, 0); /* allocated POOL-OUTSTANDING */
    if (netBuffer == NULL) {
        return NULL;
    }
    block = NdisAllocateMemoryWithTagPriority(NULL, Size, POOL_TAG, NormalPoolPriority);
    if (block == NULL) {
#ifndef MISTAKE
        NdisFreeNetBuffer(netBuffer);
#endif
        return NULL;
    }
    mdl = NdisAllocateMdl(NULL, block, Size);
    if (mdl == NULL) {
        NdisFreeMemory(block, 0, 0);
        NdisFreeNetBuffer(netBuffer);
        return NULL;
    }
    NET_BUFFER_FIRST_MDL(netBuffer) = mdl;
    NET_BUFFER_CURRENT_MDL(netBuffer) = mdl;
    NET_BUFFER_DATA_LENGTH(netBuffer) = Size;
    return netBuffer;
}

static VOID DeleteBuffer(PNET_BUFFER NetBuffer)
{
    PMDL mdl = NET_BUFFER_FIRST_MDL(NetBuffer);
    PVOID block = MmGetMdlVirtualAddress(mdl);

    NdisFreeNetBuffer(NetBuffer);
    NdisFreeMdl(mdl);
    NdisFreeMemory(block, 0, 0);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 0);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    /* Each block is four times as large as the one before, until memory is short. */
    while (BufferCount < BUFFERS) {
        NetBuffers[BufferCount] = CreateBuffer(SMALLEST << (2 * BufferCount));
        if (NetBuffers[BufferCount] == NULL) {
            break;
        }
        BufferCount++;
    }
    DbgPrint("%u buffers\n", BufferCount);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    while (BufferCount > 0) {
        DeleteBuffer(NetBuffers[--BufferCount]);
    }
    NdisFreeNetBufferPool(NetBufferPool); /* at POOL-OUTSTANDING */
}
