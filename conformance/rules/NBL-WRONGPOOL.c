/* A list for a chain of the driver's own is asked of a pool whose lists come with data. */
#include "pools.h"

#define BLOCK_SIZE 128

#ifdef MISTAKE
#define DATA_SIZE BLOCK_SIZE
#else
#define DATA_SIZE 0
#endif

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE ListPool;
static PVOID Block;
static PMDL Mdl;
static PNET_BUFFER_LIST List;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, TRUE, DATA_SIZE);
    ListPool = NdisAllocateNetBufferListPool(NULL, &parameters); /* allocated NBL-WRONGPOOL */
    if (ListPool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, POOL_TAG, NormalPoolPriority);
    if (Block != NULL) {
        Mdl = NdisAllocateMdl(NULL, Block, BLOCK_SIZE);
    }
    if (Mdl != NULL) {
        List = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, Mdl, 0, BLOCK_SIZE); /* at NBL-WRONGPOOL */
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (List != NULL) {
        NdisFreeNetBufferList(List);
    }
    if (Mdl != NULL) {
        NdisFreeMdl(Mdl);
    }
    if (Block != NULL) {
        NdisFreeMemory(Block, 0, 0);
    }
    NdisFreeNetBufferListPool(ListPool);
}
