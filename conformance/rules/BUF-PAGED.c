/* A buffer descriptor over paged memory. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 512

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    NDIS_STATUS status;
    PNDIS_BUFFER buffer;
    PVOID block;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateBufferPool(&status, &pool, 1);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
#ifdef MISTAKE
    block = ExAllocatePoolWithTag(PagedPool, BLOCK_SIZE, BLOCK_TAG);
#else
    block = ExAllocatePoolWithTag(NonPagedPool, BLOCK_SIZE, BLOCK_TAG);
#endif
    if (block != NULL) {
        NdisAllocateBuffer(&status, &buffer, pool, block, BLOCK_SIZE); /* at BUF-PAGED */
        if (status == NDIS_STATUS_SUCCESS) {
            NdisFreeBuffer(buffer);
        }
        ExFreePoolWithTag(block, BLOCK_TAG);
    }
    NdisFreeBufferPool(pool);
    return STATUS_SUCCESS;
}
