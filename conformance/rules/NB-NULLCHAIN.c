/* A NET_BUFFER is given its length before it has the chain that the length is about. */
#include "pools.h"

#define BLOCK_SIZE 60

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PVOID Block;
static PMDL Mdl;
static PNET_BUFFER NetBuffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 0);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, POOL_TAG, NormalPoolPriority);
#ifndef MISTAKE
    if (Block != NULL) {
        Mdl = NdisAllocateMdl(NULL, Block, BLOCK_SIZE);
    }
#endif
    NetBuffer = NdisAllocateNetBuffer(NetBufferPool, Mdl, 0, BLOCK_SIZE); /* at NB-NULLCHAIN */
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NetBuffer != NULL) {
        NdisFreeNetBuffer(NetBuffer);
    }
    if (Mdl != NULL) {
        NdisFreeMdl(Mdl);
    }
    if (Block != NULL) {
        NdisFreeMemory(Block, 0, 0);
    }
    NdisFreeNetBufferPool(NetBufferPool);
}
