/* A loop that links MDLs links the last one back to the first. */
#include "pools.h"

#define PIECES 4
#define PIECE 64

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PUCHAR Block;
static PMDL Mdls[PIECES];
static PNET_BUFFER NetBuffer;

static VOID DeleteMdls(VOID)
{
    ULONG i;

    for (i = 0; i < PIECES; i++) {
        if (Mdls[i] != NULL) {
            NdisFreeMdl(Mdls[i]);
        }
    }
}

static BOOLEAN CreateMdls(VOID)
{
    ULONG i;

    for (i = 0; i < PIECES; i++) {
        Mdls[i] = NdisAllocateMdl(NULL, Block + i * PIECE, PIECE); /* allocated CHAIN-CYCLE */
        if (Mdls[i] == NULL) {
            return FALSE;
        }
    }
#ifdef MISTAKE
    for (i = 0; i < PIECES; i++) {
        NDIS_MDL_LINKAGE(Mdls[i]) = Mdls[(i + 1) % PIECES];
    }
#else
    for (i = 0; i + 1 < PIECES; i++) {
        NDIS_MDL_LINKAGE(Mdls[i]) = Mdls[i + 1];
    }
#endif
    return TRUE;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 0);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (NetBufferPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Block = NdisAllocateMemoryWithTagPriority(NULL, PIECES * PIECE, POOL_TAG, NormalPoolPriority);
    if (Block != NULL && CreateMdls()) {
        NetBuffer = NdisAllocateNetBuffer(NetBufferPool, Mdls[0], 0, PIECES * PIECE); /* at CHAIN-CYCLE */
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NetBuffer != NULL) {
        NdisFreeNetBuffer(NetBuffer);
    }
    DeleteMdls();
    if (Block != NULL) {
        NdisFreeMemory(Block, 0, 0);
    }
    NdisFreeNetBufferPool(NetBufferPool);
}
