/* The context that a list came with is freed, and not only what was added to it. */
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
    list = NdisAllocateNetBufferList(pool, 16, 16);
    if (list != NULL) {
        if (NdisAllocateNetBufferListContext(list, 8, 0, POOL_TAG) == NDIS_STATUS_SUCCESS) { /* allocated CTX-UNDER */
            NdisFreeNetBufferListContext(list, 8);
        }
#ifdef MISTAKE
        NdisFreeNetBufferListContext(list, 16); /* at CTX-UNDER */
#endif
        NdisFreeNetBufferList(list);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
