#include <ndis.h>

#define TAG 'scod'
#define FRAME_SIZE 1514

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_BUFFER buffer;
    PVOID frame, address;
    UINT length;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    frame = NdisAllocateMemoryWithTagPriority(NULL, FRAME_SIZE, TAG, NormalPoolPriority);
    if (frame == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &pool, 1);
    NdisAllocateBuffer(&status, &buffer, pool, frame, FRAME_SIZE);
    if (status == NDIS_STATUS_SUCCESS) {
        /* 60 bytes came in */
        NdisAdjustBufferLength(buffer, 60);
        NdisQueryBuffer(buffer, &address, &length);
        DbgPrint("%u bytes, where the frame is: %s\n", length, address == frame ? "yes" : "no");

        NdisAdjustBufferLength(buffer, FRAME_SIZE);
        NdisFreeBuffer(buffer);
    }
    NdisFreeBufferPool(pool);
    NdisFreeMemory(frame, 0, 0);
    return STATUS_SUCCESS;
}
