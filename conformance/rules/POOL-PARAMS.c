/* A pool of lists is to come with data, but without the NET_BUFFERs to hold it. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE ListPool;
static PNET_BUFFER_LIST List;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, TRUE, 1514);
#ifdef MISTAKE
    parameters.fAllocateNetBuffer = FALSE;
#endif
    ListPool = NdisAllocateNetBufferListPool(NULL, &parameters); /* at POOL-PARAMS */
    if (ListPool != NULL) {
        List = NdisAllocateNetBufferList(ListPool, 0, 0);
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (List != NULL) {
        NdisFreeNetBufferList(List);
    }
    if (ListPool != NULL) {
        NdisFreeNetBufferListPool(ListPool);
    }
}
