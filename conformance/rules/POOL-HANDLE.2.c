/* The address of the variable is passed instead of the handle in it; PVOID lets it through. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
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
#ifdef MISTAKE
    NetBuffer = NdisAllocateNetBuffer(&NetBufferPool, NULL, 0, 0); /* at POOL-HANDLE */
#else
    NetBuffer = NdisAllocateNetBuffer(NetBufferPool, NULL, 0, 0);
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
