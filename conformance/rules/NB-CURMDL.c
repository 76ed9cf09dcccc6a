/* The data offset of a NET_BUFFER over two MDLs is moved by hand, and CurrentMdl stays behind. */
#include "pools.h"

#define HEADER_SIZE 64
#define PAYLOAD_SIZE 256
#define SKIPPED 80

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PUCHAR Block;
static PMDL HeaderMdl;
static PMDL PayloadMdl;
static PNET_BUFFER NetBuffer;

static VOID SkipHeader(VOID)
{
    PULONG word;

    NET_BUFFER_DATA_OFFSET(NetBuffer) += SKIPPED;
    NET_BUFFER_DATA_LENGTH(NetBuffer) -= SKIPPED;
#ifndef MISTAKE
    NdisAdjustNetBufferCurrentMdl(NetBuffer);
#endif
    word = NdisGetDataBuffer(NetBuffer, sizeof(ULONG), NULL, 1, 0); /* at NB-CURMDL */
    if (word != NULL) {
        DbgPrint("payload starts with 0x%08x\n", *word);
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 0);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    Block = NdisAllocateMemoryWithTagPriority(NULL, HEADER_SIZE + PAYLOAD_SIZE, POOL_TAG, NormalPoolPriority);
    if (NetBufferPool == NULL || Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    HeaderMdl = NdisAllocateMdl(NULL, Block, HEADER_SIZE);
    PayloadMdl = NdisAllocateMdl(NULL, Block + HEADER_SIZE, PAYLOAD_SIZE);
    if (HeaderMdl == NULL || PayloadMdl == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NDIS_MDL_LINKAGE(HeaderMdl) = PayloadMdl;
    NetBuffer = NdisAllocateNetBuffer(NetBufferPool, HeaderMdl, 0, /* allocated NB-CURMDL */
                                      HEADER_SIZE + PAYLOAD_SIZE);
    if (NetBuffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    SkipHeader();
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFreeNetBuffer(NetBuffer);
    NdisFreeMdl(HeaderMdl);
    NdisFreeMdl(PayloadMdl);
    NdisFreeMemory(Block, 0, 0);
    NdisFreeNetBufferPool(NetBufferPool);
}
