/* A NET_BUFFER is read once more after it was freed. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PNET_BUFFER NetBuffer;

static VOID PrintFirstByte(VOID)
{
    PUCHAR data = NdisGetDataBuffer(NetBuffer, 1, NULL, 1, 0); /* at NB-NOTPOOL */

    if (data != NULL) {
        DbgPrint("the first byte is 0x%02x\n", *data);
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 64);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NetBuffer = NdisAllocateNetBufferMdlAndData(NetBufferPool); /* allocated NB-NOTPOOL */
    if (NetBuffer == NULL) {
        NdisFreeNetBufferPool(NetBufferPool);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NET_BUFFER_DATA_LENGTH(NetBuffer) = 64;
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifdef MISTAKE
    NdisFreeNetBuffer(NetBuffer);
    PrintFirstByte();
#else
    PrintFirstByte();
    NdisFreeNetBuffer(NetBuffer);
#endif
    NdisFreeNetBufferPool(NetBufferPool);
}
