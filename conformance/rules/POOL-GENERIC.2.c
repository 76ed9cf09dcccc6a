/* A handle is forgotten when the pool that was allocated with it goes. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    PNDIS_GENERIC_OBJECT object;
    NDIS_HANDLE pool;

    UNREFERENCED_PARAMETER(RegistryPath);

    object = NdisAllocateGenericObject(DriverObject, POOL_TAG, 0); /* at, allocated POOL-GENERIC */
    if (object == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
    pool = NdisAllocateNetBufferListPool(object, &parameters);
    if (pool != NULL) {
        NdisFreeNetBufferListPool(pool);
    }
#ifndef MISTAKE
    NdisFreeGenericObject(object);
#endif
    return STATUS_SUCCESS;
}
