/* A list is freed with a NET_BUFFER on it that has a pool of its own. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    NET_BUFFER_POOL_PARAMETERS netBufferParameters;
    NDIS_HANDLE netBufferPool;
    PNET_BUFFER_LIST list;
    PNET_BUFFER netBuffer;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    InitNetBufferPoolParameters(&netBufferParameters, 0);
    netBufferPool = NdisAllocateNetBufferPool(NULL, &netBufferParameters);
    list = NdisAllocateNetBufferList(pool, 0, 0);
    if (netBufferPool != NULL && list != NULL) {
        netBuffer = NdisAllocateNetBuffer(netBufferPool, NULL, 0, 0); /* allocated NBL-NBLEFT */
        NET_BUFFER_LIST_FIRST_NB(list) = netBuffer;
#ifndef MISTAKE
        NET_BUFFER_LIST_FIRST_NB(list) = NULL;
        if (netBuffer != NULL) {
            NdisFreeNetBuffer(netBuffer);
        }
#endif
    }
    if (list != NULL) {
        NdisFreeNetBufferList(list); /* at NBL-NBLEFT */
    }
    if (netBufferPool != NULL) {
        NdisFreeNetBufferPool(netBufferPool);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
