/* The pool goes with its last NET_BUFFER, which is never counted back. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static LONG References;
static PNET_BUFFER Probe;

static VOID Dereference(VOID)
{
    if (InterlockedDecrement(&References) == 0) {
        NdisFreeNetBufferPool(NetBufferPool);
    }
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
    References = 1;
    Probe = NdisAllocateNetBufferMdlAndData(NetBufferPool); /* at, allocated NB-LEAK */
    if (Probe != NULL) {
        InterlockedIncrement(&References);
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifndef MISTAKE
    if (Probe != NULL) {
        NdisFreeNetBuffer(Probe);
        Dereference();
    }
#endif
    Dereference();
}
