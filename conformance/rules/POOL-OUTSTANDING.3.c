/* A list pool is freed with a list still out, for which Windows bug checks. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE ListPool;
static PNET_BUFFER_LIST KeepAlive;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, TRUE, 60);
    ListPool = NdisAllocateNetBufferListPool(NULL, &parameters);
    if (ListPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeepAlive = NdisAllocateNetBufferList(ListPool, 0, 0); /* allocated POOL-OUTSTANDING */
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifndef MISTAKE
    if (KeepAlive != NULL) {
        NdisFreeNetBufferList(KeepAlive);
    }
#endif
    NdisFreeNetBufferListPool(ListPool); /* at POOL-OUTSTANDING */
}
