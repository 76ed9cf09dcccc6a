/* A list is freed by the function that handles errors, and again by its caller. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE ListPool;

static NDIS_STATUS FillList(PNET_BUFFER_LIST List, ULONG Length)
{
    PNET_BUFFER netBuffer = NET_BUFFER_LIST_FIRST_NB(List);

    if (Length > 256) {
#ifdef MISTAKE
        NdisFreeNetBufferList(List);
#endif
        return NDIS_STATUS_INVALID_LENGTH;
    }
    NET_BUFFER_DATA_LENGTH(netBuffer) = Length;
    return NDIS_STATUS_SUCCESS;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    PNET_BUFFER_LIST list;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, TRUE, 256);
    ListPool = NdisAllocateNetBufferListPool(NULL, &parameters);
    if (ListPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    list = NdisAllocateNetBufferList(ListPool, 0, 0); /* allocated NBL-DFREE */
    if (list != NULL) {
        if (FillList(list, 300) != NDIS_STATUS_SUCCESS) {
            DbgPrint("too long\n");
        }
        NdisFreeNetBufferList(list); /* at NBL-DFREE */
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFreeNetBufferListPool(ListPool);
}
