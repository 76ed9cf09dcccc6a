/* A NET_BUFFER_LIST is cleared as a whole before it is used again. */
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
    list = NdisAllocateNetBufferList(pool, 0, 0); /* allocated NB-POOLFIELD */
    if (list != NULL) {
#ifdef MISTAKE
        NdisZeroMemory(list, sizeof(*list));
#else
        NdisZeroMemory(NET_BUFFER_LIST_PROTOCOL_RESERVED(list), sizeof(list->ProtocolReserved));
#endif
        NdisFreeNetBufferList(list); /* at NB-POOLFIELD */
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
