/* An error path inside a loop loses a NET_BUFFER, and with it the reference that keeps the pool. */
#include "pools.h"

#define FRAMES 12
#define LARGEST 96

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static LONG References;
static ULONG Accepted;

static VOID Dereference(VOID)
{
    if (InterlockedDecrement(&References) == 0) {
        NdisFreeNetBufferPool(NetBufferPool);
    }
}

/* Copies frames of growing length into NET_BUFFERs; those that are too long are skipped. */
static VOID CopyFrames(VOID)
{
    PNET_BUFFER netBuffer;
    PVOID data;
    ULONG length;

    for (length = 0; length < FRAMES * 10; length += 10) {
        netBuffer = NdisAllocateNetBufferMdlAndData(NetBufferPool); /* at, allocated NB-LEAK */
        if (netBuffer == NULL) {
            break;
        }
        InterlockedIncrement(&References);
        if (length > LARGEST) {
#ifndef MISTAKE
            NdisFreeNetBuffer(netBuffer);
            Dereference();
#endif
            continue;
        }
        NET_BUFFER_DATA_LENGTH(netBuffer) = length;
        data = length == 0 ? NULL : NdisGetDataBuffer(netBuffer, length, NULL, 1, 0);
        if (data != NULL) {
            NdisZeroMemory(data, length);
            Accepted++;
        }
        NdisFreeNetBuffer(netBuffer);
        Dereference();
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, LARGEST);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    References = 1;
    CopyFrames();
    DbgPrint("%u frames accepted\n", Accepted);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    Dereference();
}
