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
    if (NET_BUFFER_LIST_COALESCED_SEG_COUNT(List) == 0) {
        DbgPrint("a frame as it came\n");
    } else {
        DbgPrint("%u segments in one, %u duplicate acknowledgements\n", NET_BUFFER_LIST_COALESCED_SEG_COUNT(List),
                 NET_BUFFER_LIST_DUP_ACK_COUNT(List));
    }
}

static VOID Story(PNET_BUFFER_LIST List)
{
    Show(List);
    NET_BUFFER_LIST_COALESCED_SEG_COUNT(List) = 4;
    NET_BUFFER_LIST_DUP_ACK_COUNT(List) = 1;
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
