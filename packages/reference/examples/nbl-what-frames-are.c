#include <ndis.h>

#define TAG 'scod'

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .fAllocateNetBuffer = TRUE,
    .PoolTag = TAG,
};

#define IPV4_AND_TCP (NDIS_NBL_FLAGS_IS_IPV4 | NDIS_NBL_FLAGS_IS_TCP)

static VOID Story(PNET_BUFFER_LIST List)
{
    NdisSetNblFlag(List, IPV4_AND_TCP);
    DbgPrint("flags %x: IPv6 %u, TCP %u, TCP over IPv4 %u\n", NET_BUFFER_LIST_NBL_FLAGS(List),
             NdisTestNblFlag(List, NDIS_NBL_FLAGS_IS_IPV6), NdisTestNblFlag(List, NDIS_NBL_FLAGS_IS_TCP),
             NdisTestNblFlags(List, IPV4_AND_TCP));

    /* the frames get a header in front that is none of IP */
    NdisClearNblFlag(List, IPV4_AND_TCP);
    DbgPrint("flags %x\n", NET_BUFFER_LIST_NBL_FLAGS(List));
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
