#include <ndis.h>

#define TAG 'scod'

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .fAllocateNetBuffer = TRUE,
    .PoolTag = TAG,
};

static VOID Show(PNET_BUFFER_LIST List)
{
    DbgPrint("hash %08x, type %x, function %u\n", NET_BUFFER_LIST_GET_HASH_VALUE(List),
             NET_BUFFER_LIST_GET_HASH_TYPE(List), NET_BUFFER_LIST_GET_HASH_FUNCTION(List));
}

static VOID Story(PNET_BUFFER_LIST List)
{
    /* a miniport notes what its adapter computed */
    NET_BUFFER_LIST_SET_HASH_VALUE(List, 0xa1b2c3d4);
    NET_BUFFER_LIST_SET_HASH_TYPE(List, NDIS_HASH_TCP_IPV4);
    NET_BUFFER_LIST_SET_HASH_FUNCTION(List, NdisHashFunctionToeplitz);
    Show(List);

    /* a filter has changed the addresses */
    NET_BUFFER_LIST_SET_HASH_VALUE(List, 0);
    NET_BUFFER_LIST_SET_HASH_TYPE(List, 0);
    NET_BUFFER_LIST_SET_HASH_FUNCTION(List, 0);
    Show(List);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST list;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    pool = NdisAllocateNetBufferListPool(NULL, &PoolParameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    list = NdisAllocateNetBufferList(pool, 0, 0);
    if (list != NULL) {
        Story(list);
        NdisFreeNetBufferList(list);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
