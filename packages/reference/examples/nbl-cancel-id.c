#include <ndis.h>

#define TAG 'scod'

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .PoolTag = TAG,
};

static VOID Story(PNET_BUFFER_LIST List)
{
    ULONG_PTR mine = (ULONG_PTR)NdisGeneratePartialCancelId() << ((sizeof(PVOID) - 1) * 8);

    NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(List, (PVOID)(mine | 1)); /* the first group of sends */
    DbgPrint("marked: %s\n", NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(List) == (PVOID)(mine | 1) ? "yes" : "no");
    DbgPrint("of another group: %s\n", NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(List) == (PVOID)(mine | 2) ? "yes" : "no");
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
