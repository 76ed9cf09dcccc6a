/* A pool gets an id that no protocol has. */
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
    parameters.ProtocolId = 4;
#else
    parameters.ProtocolId = NDIS_PROTOCOL_ID_TCP_IP;
#endif
    pool = NdisAllocateNetBufferListPool(NULL, &parameters); /* at POOL-PROTOID */
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
