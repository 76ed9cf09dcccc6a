#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_BUFFER header, payload, copy, next;
    PUCHAR block;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, 128, TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &pool, 4);
    NdisAllocateBuffer(&status, &header, pool, block, 14);
    NdisAllocateBuffer(&status, &payload, pool, block + 64, 46);
    if (header != NULL && payload != NULL) {
        NDIS_BUFFER_LINKAGE(header) = payload;

        /* what lies across the two takes two descriptors, each freed by itself */
        NdisCopyBuffer(&status, &copy, pool, header, 10, 20);
        while (copy != NULL) {
            DbgPrint("%u bytes\n", NdisBufferLength(copy));
            NdisGetNextBuffer(copy, &next);
            NdisFreeBuffer(copy);
            copy = next;
        }
    }
    if (header != NULL) {
        NdisFreeBuffer(header);
    }
    if (payload != NULL) {
        NdisFreeBuffer(payload);
    }
    NdisFreeBufferPool(pool);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
