/* A NET_BUFFER with data is asked of a pool that was made without a data size. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PNET_BUFFER NetBuffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

#ifdef MISTAKE
    InitNetBufferPoolParameters(&parameters, 0);
#else
    InitNetBufferPoolParameters(&parameters, 1514);
#endif
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters); /* allocated NB-NODATA */
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NetBuffer = NdisAllocateNetBufferMdlAndData(NetBufferPool); /* at NB-NODATA */
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
