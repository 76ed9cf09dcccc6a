/* The length of a NET_BUFFER is set to that of the frame to come, which is longer than its data buffer. */
#include "pools.h"

#define BUFFER_SIZE 1500
#define FRAME_SIZE 1514

#ifdef MISTAKE
#define DATA_LENGTH FRAME_SIZE
#else
#define DATA_LENGTH BUFFER_SIZE
#endif

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PNET_BUFFER NetBuffer;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    PUCHAR data;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, BUFFER_SIZE);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NetBuffer = NdisAllocateNetBufferMdlAndData(NetBufferPool); /* allocated NB-RANGE */
    if (NetBuffer != NULL) {
        NET_BUFFER_DATA_LENGTH(NetBuffer) = DATA_LENGTH;
        data = NdisGetDataBuffer(NetBuffer, DATA_LENGTH, NULL, 1, 0); /* at NB-RANGE */
        if (data != NULL) {
            NdisZeroMemory(data, DATA_LENGTH);
        }
    }
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
