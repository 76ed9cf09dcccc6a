#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_BUFFER buffer;
    PUCHAR block, address;
    UINT length, offset, pages;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    /* blocks of a page and more start with a page */
    block = NdisAllocateMemoryWithTagPriority(NULL, 2 * PAGE_SIZE, TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &pool, 1);
    NdisAllocateBuffer(&status, &buffer, pool, block + PAGE_SIZE - 100, 200);
    if (status == NDIS_STATUS_SUCCESS) {
        NdisQueryBufferSafe(buffer, (PVOID *)&address, &length, NormalPagePriority);
        if (address != NULL) {
            DbgPrint("%u bytes at byte %u of the block\n", length, (ULONG)(address - block));
        }
        NdisQueryBufferOffset(buffer, &offset, &length);
        NdisGetBufferPhysicalArraySize(buffer, &pages);
        DbgPrint("%u bytes from %u on in their page, %u pages, or %u\n", length, offset, pages,
                 NDIS_BUFFER_TO_SPAN_PAGES(buffer));
        DbgPrint("%u bytes, both addresses the same: %s\n", NdisBufferLength(buffer),
                 NdisBufferVirtualAddressSafe(buffer, NormalPagePriority) == NdisBufferVirtualAddress(buffer) ? "yes"
                                                                                                             : "no");
        NdisFreeBuffer(buffer);
    }
    NdisFreeBufferPool(pool);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
