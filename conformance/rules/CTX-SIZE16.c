/* A whole frame of 64 KiB is asked for as context. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;

#ifdef MISTAKE
#define BACK_FILL 0x8000
#else
#define BACK_FILL 0x7FF8
#endif

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
        if (NdisAllocateNetBufferListContext(list, 0x8000, BACK_FILL, POOL_TAG) == NDIS_STATUS_SUCCESS) { /* at CTX-SIZE16 */
            NdisFreeNetBufferListContext(list, 0x8000);
        }
        NdisFreeNetBufferList(list);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
