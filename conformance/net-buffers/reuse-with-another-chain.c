/* A NET_BUFFER that the driver keeps is pointed at one chain after another through the macros that can be assigned to. */
#include "../rules/pools.h"

#define BLOCK_SIZE 448

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    static const ULONG sizes[3] = {64, 128, 256};
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER netBuffer;
    PUCHAR block;
    PUCHAR data;
    PMDL mdls[3];
    ULONG offset = 0;
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 0);
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    netBuffer = NdisAllocateNetBuffer(pool, NULL, 0, 0);
    block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, POOL_TAG, NormalPoolPriority);
    for (i = 0; i < BLOCK_SIZE; i++) {
        block[i] = (UCHAR)i;
    }
    for (i = 0; i < 3; i++) {
        mdls[i] = NdisAllocateMdl(NULL, block + offset, sizes[i]);
        offset += sizes[i];
    }
    NDIS_MDL_LINKAGE(mdls[0]) = mdls[1];
    NDIS_MDL_LINKAGE(mdls[1]) = mdls[2];

    /* 100 bytes from byte 16 of the third MDL on: 64 + 128 + 16 bytes lie before them. */
    NET_BUFFER_FIRST_MDL(netBuffer) = mdls[0];
    NET_BUFFER_DATA_LENGTH(netBuffer) = 100;
    NET_BUFFER_DATA_OFFSET(netBuffer) = 208;
    NET_BUFFER_CURRENT_MDL(netBuffer) = mdls[2];
    NET_BUFFER_CURRENT_MDL_OFFSET(netBuffer) = 16;
    data = NdisGetDataBuffer(netBuffer, 100, NULL, 1, 0);
    DbgPrint("whole chain: byte %u first\n", data[0]);

    /* The second MDL alone. */
    NDIS_MDL_LINKAGE(mdls[1]) = NULL;
    NET_BUFFER_FIRST_MDL(netBuffer) = mdls[1];
    NET_BUFFER_DATA_LENGTH(netBuffer) = 128;
    NET_BUFFER_DATA_OFFSET(netBuffer) = 0;
    NdisAdjustNetBufferCurrentMdl(netBuffer);
    data = NdisGetDataBuffer(netBuffer, 128, NULL, 1, 0);
    DbgPrint("second MDL: byte %u first\n", data[0]);

    NdisFreeNetBuffer(netBuffer);
    NdisFreeNetBufferPool(pool);
    for (i = 0; i < 3; i++) {
        NdisFreeMdl(mdls[i]);
    }
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}

/* prints
whole chain: byte 208 first
second MDL: byte 64 first
*/
