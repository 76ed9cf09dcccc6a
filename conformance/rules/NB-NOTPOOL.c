/* A NET_BUFFER on the stack is filled in by hand and used. */
#include "pools.h"

#define BLOCK_SIZE 60
#define HEADER_SIZE 14

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE NetBufferPool;
static PVOID Block;
static PMDL Mdl;

static BOOLEAN ParseBlock(VOID)
{
    PUCHAR header;
#ifdef MISTAKE
    NET_BUFFER local;
    PNET_BUFFER netBuffer = &local;

    NdisZeroMemory(&local, sizeof(local));
    NET_BUFFER_FIRST_MDL(netBuffer) = Mdl;
    NET_BUFFER_CURRENT_MDL(netBuffer) = Mdl;
    NET_BUFFER_DATA_LENGTH(netBuffer) = BLOCK_SIZE;
#else
    PNET_BUFFER netBuffer = NdisAllocateNetBuffer(NetBufferPool, Mdl, 0, BLOCK_SIZE);

    if (netBuffer == NULL) {
        return FALSE;
    }
#endif
    header = NdisGetDataBuffer(netBuffer, HEADER_SIZE, NULL, 1, 0); /* at NB-NOTPOOL */
#ifndef MISTAKE
    NdisFreeNetBuffer(netBuffer);
#endif
    return header != NULL && header[12] == 0x08;
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
    Block = ExAllocatePoolZero(NonPagedPoolNx, BLOCK_SIZE, POOL_TAG);
    if (Block != NULL) {
        Mdl = NdisAllocateMdl(NULL, Block, BLOCK_SIZE);
    }
    if (Mdl != NULL && ParseBlock()) {
        DbgPrint("an IP packet\n");
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Mdl != NULL) {
        NdisFreeMdl(Mdl);
    }
    if (Block != NULL) {
        ExFreePoolWithTag(Block, POOL_TAG);
    }
    NdisFreeNetBufferPool(NetBufferPool);
}
