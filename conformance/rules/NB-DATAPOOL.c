/* A bare NET_BUFFER is asked of a pool whose NET_BUFFERs come with data. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PNET_BUFFER NetBuffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 1514);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters); /* allocated NB-DATAPOOL */
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
#ifdef MISTAKE
    NetBuffer = NdisAllocateNetBuffer(NetBufferPool, NULL, 0, 0); /* at NB-DATAPOOL */
#else
    NetBuffer = NdisAllocateNetBufferMdlAndData(NetBufferPool);
#endif
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NetBuffer != NULL) {
        NdisFreeNetBuffer(NetBuffer);
    }
    NdisFreeNetBufferPool(NetBufferPool);
}
