/* A chain of lists is freed as if it were one. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST first;
    PNET_BUFFER_LIST second;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    first = NdisAllocateNetBufferList(pool, 0, 0);
    second = NdisAllocateNetBufferList(pool, 0, 0); /* allocated NBL-NEXTLEFT */
    if (first != NULL) {
        NET_BUFFER_LIST_NEXT_NBL(first) = second;
        NdisFreeNetBufferList(first); /* at NBL-NEXTLEFT */
    }
#ifndef MISTAKE
    if (second != NULL) {
        NdisFreeNetBufferList(second);
    }
#endif
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
