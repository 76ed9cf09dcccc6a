/* profile: windows */
/* Where NumberOfDescriptors is only a hint: the allocation beyond it works, and is found all the same. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define WANTED 3

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_BUFFER buffers[WANTED];
    NDIS_HANDLE pool;
    NDIS_STATUS status;
    PUCHAR block;
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, WANTED * 64, BLOCK_TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &pool, WANTED - 1); /* allocated POOL-EXHAUST */
    for (i = 0; i < WANTED; i++) {
        NdisAllocateBuffer(&status, &buffers[i], pool, block + 64 * i, 64); /* at POOL-EXHAUST */
        DbgPrint("%u: 0x%08x\n", i, status);
    }
    for (i = 0; i < WANTED; i++) {
        NdisFreeBuffer(buffers[i]);
    }
    NdisFreeBufferPool(pool);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}

/* prints
0: 0x00000000
1: 0x00000000
2: 0x00000000
*/
