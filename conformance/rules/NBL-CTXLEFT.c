/* A list is freed with context that was added to it. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST list;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    list = NdisAllocateNetBufferList(pool, 0, 0);
    if (list != NULL) {
        NDIS_STATUS status =
            NdisAllocateNetBufferListContext(list, 16, 0, POOL_TAG); /* allocated NBL-CTXLEFT */
#ifndef MISTAKE
        if (status == NDIS_STATUS_SUCCESS) {
            NdisFreeNetBufferListContext(list, 16);
        }
#else
        UNREFERENCED_PARAMETER(status);
#endif
        NdisFreeNetBufferList(list); /* at NBL-CTXLEFT */
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
