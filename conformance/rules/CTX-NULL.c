/* A context is taken off a list that never got one. */
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
    list = NdisAllocateNetBufferList(pool, 0, 0); /* allocated CTX-NULL */
    if (list != NULL) {
#ifdef MISTAKE
        NdisFreeNetBufferListContext(list, 8); /* at CTX-NULL */
#else
        if (list->Context != NULL) {
            NdisFreeNetBufferListContext(list, 8);
        }
#endif
        NdisFreeNetBufferList(list);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
