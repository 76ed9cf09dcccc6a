#include <ndis.h>

#define TAG 'scod'
#define DATA_SIZE 1514

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .fAllocateNetBuffer = TRUE,
    .PoolTag = TAG,
    .DataSize = DATA_SIZE,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST list;
    PNET_BUFFER netBuffer;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    pool = NdisAllocateNetBufferListPool(NULL, &PoolParameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    list = NdisAllocateNetBufferList(pool, 0, 0);
    if (list != NULL) {
        netBuffer = NET_BUFFER_LIST_FIRST_NB(list);
        NET_BUFFER_DATA_LENGTH(netBuffer) = 60;
        DbgPrint("a list with a frame of %u bytes, room for %u, pool %s\n", NET_BUFFER_DATA_LENGTH(netBuffer),
                 MmGetMdlByteCount(NET_BUFFER_FIRST_MDL(netBuffer)),
                 NdisGetPoolFromNetBufferList(list) == pool ? "its own" : "?");
        NdisFreeNetBufferList(list); /* with NET_BUFFER, MDL and data */
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
