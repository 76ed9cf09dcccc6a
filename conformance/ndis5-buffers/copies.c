/* Second descriptors over the same bytes: of one descriptor, and of a range that crosses two. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define HEADER 14
#define PAYLOAD 46

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_BUFFER header;
    PNDIS_BUFFER payload;
    PNDIS_BUFFER copy;
    PNDIS_BUFFER next;
    NDIS_HANDLE pool;
    NDIS_STATUS status;
    PUCHAR block;
    PUCHAR address;
    UINT length;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, 128, BLOCK_TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &pool, 4);
    NdisAllocateBuffer(&status, &header, pool, block, HEADER); /* allocated BUF-COPYRANGE */
    NdisAllocateBuffer(&status, &payload, pool, block + 64, PAYLOAD);
    if (header == NULL || payload == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NDIS_BUFFER_LINKAGE(header) = payload;

    NdisCopyBuffer(&status, &copy, pool, header, 12, 10);
    DbgPrint("across: 0x%08x\n", status);
    for (; copy != NULL; copy = next) {
        NdisQueryBufferSafe(copy, (PVOID *)&address, &length, NormalPagePriority);
        DbgPrint("  byte %u, %u bytes\n", (ULONG)(address - block), length);
        address[0] = 0x42;
        NdisGetNextBuffer(copy, &next);
        NdisFreeBuffer(copy);
    }
    DbgPrint("no byte was copied: %02x %02x\n", block[12], block[64]);

    NdisCopyBuffer(&status, &copy, pool, header, HEADER + PAYLOAD - 4, 5); /* at BUF-COPYRANGE */
    DbgPrint("beyond: 0x%08x, %s\n", status, copy == NULL ? "NULL" : "there");

    NdisFreeBuffer(header);
    NdisFreeBuffer(payload);
    NdisFreeBufferPool(pool);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}

/* prints
across: 0x00000000
  byte 12, 2 bytes
  byte 64, 8 bytes
no byte was copied: 42 42
beyond: 0xc0000001, NULL
*/
