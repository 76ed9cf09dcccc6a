/* The MDL is freed when the header has been built, and the NET_BUFFER still has it when more is to be done. */
#include "pools.h"

#define BLOCK_SIZE 256
#define HEADER_SIZE 14

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER netBuffer;
    PVOID block;
    PMDL mdl;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 0);
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, POOL_TAG, NormalPoolPriority);
    if (pool == NULL || block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    mdl = NdisAllocateMdl(NULL, block, BLOCK_SIZE); /* allocated MDL-INUSE */
    netBuffer = mdl == NULL ? NULL : NdisAllocateNetBuffer(pool, mdl, HEADER_SIZE, BLOCK_SIZE - HEADER_SIZE);
    if (netBuffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
#ifdef MISTAKE
    NdisFreeMdl(mdl);
    (VOID)NdisRetreatNetBufferDataStart(netBuffer, HEADER_SIZE, 0, NULL); /* at MDL-INUSE */
#else
    (VOID)NdisRetreatNetBufferDataStart(netBuffer, HEADER_SIZE, 0, NULL);
    NdisAdvanceNetBufferDataStart(netBuffer, HEADER_SIZE, FALSE, NULL);
    NdisFreeMdl(mdl); /* the NET_BUFFER has it still, and is not used any more */
#endif
    NdisFreeNetBuffer(netBuffer);
    NdisFreeNetBufferPool(pool);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
