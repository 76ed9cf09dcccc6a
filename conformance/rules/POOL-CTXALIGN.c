/* A pool is to come with context of 20 bytes. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
#ifdef MISTAKE
    parameters.ContextSize = 20;
#else
    parameters.ContextSize = 24;
#endif
    pool = NdisAllocateNetBufferListPool(NULL, &parameters); /* at POOL-CTXALIGN */
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
