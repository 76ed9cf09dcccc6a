/* The MDL that a retreat put in front of the chain is freed by hand instead of by the advance. */
#include "pools.h"

#define BLOCK_SIZE 100
#define HEADER_SIZE 14

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PVOID Block;
static PMDL Mdl;
static PNET_BUFFER NetBuffer;

/* Puts a header in front of the data and takes it off again, as a send and its completion do. */
static VOID SendOnce(VOID)
{
    if (NdisRetreatNetBufferDataStart(NetBuffer, HEADER_SIZE, 0, NULL) != NDIS_STATUS_SUCCESS) {
        return;
    }
#ifdef MISTAKE
    PMDL header = NET_BUFFER_FIRST_MDL(NetBuffer);

    NdisAdvanceNetBufferDataStart(NetBuffer, HEADER_SIZE, FALSE, NULL);
    NdisFreeMdl(header); /* at MDL-NOTALONE */
#else
    NdisAdvanceNetBufferDataStart(NetBuffer, HEADER_SIZE, TRUE, NULL);
#endif
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
    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, POOL_TAG, NormalPoolPriority);
    if (Block != NULL) {
        Mdl = NdisAllocateMdl(NULL, Block, BLOCK_SIZE);
    }
    if (Mdl != NULL) {
        NetBuffer = NdisAllocateNetBuffer(NetBufferPool, Mdl, 0, BLOCK_SIZE); /* allocated NB-FOREIGNMDL */
    }
    if (NetBuffer != NULL) {
        SendOnce();
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NetBuffer != NULL) {
        NdisFreeNetBuffer(NetBuffer); /* at NB-FOREIGNMDL */
    }
    if (Mdl != NULL) {
        NdisFreeMdl(Mdl);
    }
    if (Block != NULL) {
        NdisFreeMemory(Block, 0, 0);
    }
    NdisFreeNetBufferPool(NetBufferPool);
}
