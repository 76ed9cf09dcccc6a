/* The parameters of a pool are cleared and filled in, all but the size in their header. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PNET_BUFFER NetBuffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
#ifndef MISTAKE
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
#endif
    parameters.PoolTag = POOL_TAG;
    parameters.DataSize = 256;
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters); /* at POOL-HEADER */
    if (NetBufferPool != NULL) {
        NetBuffer = NdisAllocateNetBufferMdlAndData(NetBufferPool);
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
    if (NetBufferPool != NULL) {
        NdisFreeNetBufferPool(NetBufferPool);
    }
}
