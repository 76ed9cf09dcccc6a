/* The NET_BUFFER that came with a list is freed before the list. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE ListPool;
static PNET_BUFFER_LIST List;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, TRUE, 256);
    ListPool = NdisAllocateNetBufferListPool(NULL, &parameters);
    if (ListPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    List = NdisAllocateNetBufferList(ListPool, 0, 0); /* allocated NB-PREALLOC */
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (List != NULL) {
#ifdef MISTAKE
        NdisFreeNetBuffer(NET_BUFFER_LIST_FIRST_NB(List)); /* at NB-PREALLOC */
#endif
        NdisFreeNetBufferList(List);
    }
    NdisFreeNetBufferListPool(ListPool);
}
