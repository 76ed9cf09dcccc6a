/* A NET_BUFFER starts behind its header but is given the length of the whole. */
#include "pools.h"

#define BLOCK_SIZE 128
#define HEADER_SIZE 14

#ifdef MISTAKE
#define DATA_SIZE BLOCK_SIZE
#else
#define DATA_SIZE (BLOCK_SIZE - HEADER_SIZE)
#endif

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
    if (Block != NULL) {
        Mdl = NdisAllocateMdl(NULL, Block, BLOCK_SIZE); /* allocated NB-RANGE */
    }
    if (Mdl != NULL) {
        NetBuffer = NdisAllocateNetBuffer(NetBufferPool, Mdl, HEADER_SIZE, DATA_SIZE); /* at NB-RANGE */
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
    if (Mdl != NULL) {
        NdisFreeMdl(Mdl);
    }
    if (Block != NULL) {
        NdisFreeMemory(Block, 0, 0);
    }
    NdisFreeNetBufferPool(NetBufferPool);
}
