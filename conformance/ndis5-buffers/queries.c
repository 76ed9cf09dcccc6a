/* Every question that a descriptor answers, of one over two pages and of one over none. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'

static VOID Print(PCSTR What, PNDIS_BUFFER Buffer, PUCHAR Block)
{
    PUCHAR address;
    PUCHAR safe;
    UINT length;
    UINT safeLength;
    UINT offset;
    UINT pages;

    NdisQueryBuffer(Buffer, (PVOID *)&address, &length);
    NdisQueryBufferSafe(Buffer, (PVOID *)&safe, &safeLength, NormalPagePriority);
    DbgPrint("%s: byte %u of the block, %u bytes; Safe %s\n", What, (ULONG)(address - Block), length,
             safe == address && safeLength == length ? "says so too" : "does not say so");
    NdisQueryBufferOffset(Buffer, &offset, &length);
    NdisGetBufferPhysicalArraySize(Buffer, &pages);
    DbgPrint("%s: offset %u in its page, %u pages, %u by macro\n", What, offset, pages,
             NDIS_BUFFER_TO_SPAN_PAGES(Buffer));
    DbgPrint("%s: %u bytes, the same address: %s, %s\n", What, NdisBufferLength(Buffer),
             NdisBufferVirtualAddress(Buffer) == address ? "yes" : "no",
             NdisBufferVirtualAddressSafe(Buffer, LowPagePriority) == address ? "yes" : "no");
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_BUFFER two;
    PNDIS_BUFFER one;
    NDIS_HANDLE pool;
    NDIS_STATUS status;
    PUCHAR block;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, 2 * PAGE_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &pool, 2);
    NdisAllocateBuffer(&status, &two, pool, block + 4000, 200);
    NdisAllocateBuffer(&status, &one, pool, block, PAGE_SIZE);
    if (two == NULL || one == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Print("two pages", two, block);
    Print("one page", one, block);
    NdisAdjustBufferLength(one, 0);
    Print("no bytes", one, block);
    NdisAdjustBufferLength(one, PAGE_SIZE);

    NdisFreeBuffer(two);
    NdisFreeBuffer(one);
    NdisFreeBufferPool(pool);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}

/* prints
two pages: byte 4000 of the block, 200 bytes; Safe says so too
two pages: offset 4000 in its page, 2 pages, 2 by macro
two pages: 200 bytes, the same address: yes, yes
one page: byte 0 of the block, 4096 bytes; Safe says so too
one page: offset 0 in its page, 1 pages, 1 by macro
one page: 4096 bytes, the same address: yes, yes
no bytes: byte 0 of the block, 0 bytes; Safe says so too
no bytes: offset 0 in its page, 1 pages, 1 by macro
no bytes: 0 bytes, the same address: yes, yes
*/
