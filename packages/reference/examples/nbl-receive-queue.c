#include <ndis.h>

#define TAG 'scod'

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .fAllocateNetBuffer = TRUE,
    .PoolTag = TAG,
};

static VOID Story(PNET_BUFFER_LIST List)
{
    /* a miniport notes which of its filters and queues a frame came through */
    NET_BUFFER_LIST_RECEIVE_FILTER_ID(List) = 3;
    NET_BUFFER_LIST_RECEIVE_QUEUE_ID(List) = 5;
    DbgPrint("filter %u, queue %u\n", NET_BUFFER_LIST_RECEIVE_FILTER_ID(List), NET_BUFFER_LIST_RECEIVE_QUEUE_ID(List));

    /* one with virtual ports uses the same storage for them */
    NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID(List) = 6;
    DbgPrint("port %u\n", NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID(List));
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
