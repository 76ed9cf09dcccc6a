#include <ndis.h>

#define TAG 'scod'

#define MINE 0x80000000      /* of NBL_FLAGS_PROTOCOL_RESERVED: a list that this protocol allocated */
#define URGENT 0x00100000    /* of the same */
#define LOOKED_AT 0x00010000 /* of NBL_FLAGS_SCRATCH: lost when the list is passed on */

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .PoolTag = TAG,
};

static VOID Story(PNET_BUFFER_LIST List)
{
    NBL_SET_PROT_RSVD_FLAG(List, MINE | URGENT);
    NBL_SET_FLAG(List, LOOKED_AT);
    DbgPrint("flags %08x: mine %u, looked at %u, all three %u\n", NET_BUFFER_LIST_FLAGS(List),
             NBL_TEST_PROT_RSVD_FLAG(List, MINE), NBL_TEST_FLAG(List, LOOKED_AT),
             NBL_TEST_FLAGS(List, MINE | URGENT | LOOKED_AT));
    NBL_CLEAR_FLAG(List, LOOKED_AT);
    NBL_CLEAR_PROT_RSVD_FLAG(List, URGENT);
    DbgPrint("flags %08x\n", NET_BUFFER_LIST_FLAGS(List));
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
