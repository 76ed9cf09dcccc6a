/* A NET_BUFFER stands in two tables, and each frees it. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PNET_BUFFER Waiting;
static PNET_BUFFER Current;

static VOID StartNext(VOID)
{
    Current = Waiting;
#ifndef MISTAKE
    Waiting = NULL;
#endif
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 60);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Waiting = NdisAllocateNetBufferMdlAndData(NetBufferPool); /* allocated NB-DFREE */
    StartNext();
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Current != NULL) {
        NdisFreeNetBuffer(Current);
    }
    if (Waiting != NULL) {
        NdisFreeNetBuffer(Waiting); /* at NB-DFREE */
    }
    NdisFreeNetBufferPool(NetBufferPool);
}
