/* The interrupt handler takes a NET_BUFFER for what has arrived, above DISPATCH_LEVEL. */
#include "pools.h"

#define DEVICE_IRQL 5

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PNET_BUFFER NetBuffer;

static VOID OnInterrupt(VOID)
{
    NetBuffer = NdisAllocateNetBufferMdlAndData(NetBufferPool); /* at NB-IRQL */
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    KIRQL irql;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 1514);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
#ifdef MISTAKE
    KeRaiseIrql(DEVICE_IRQL, &irql);
#else
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
#endif
    OnInterrupt();
    KeLowerIrql(irql);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NetBuffer != NULL) {
        NdisFreeNetBuffer(NetBuffer);
    }
    NdisFreeNetBufferPool(NetBufferPool);
}
