/* A pool is freed by the function that empties it, and again by its caller. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PNET_BUFFER NetBuffer;

static VOID Cleanup(VOID)
{
    if (NetBuffer != NULL) {
        NdisFreeNetBuffer(NetBuffer);
        NetBuffer = NULL;
    }
    NdisFreeNetBufferPool(NetBufferPool);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 128);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters); /* allocated POOL-DFREE */
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NetBuffer = NdisAllocateNetBufferMdlAndData(NetBufferPool);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    Cleanup();
#ifdef MISTAKE
    NdisFreeNetBufferPool(NetBufferPool); /* at POOL-DFREE */
#endif
}
