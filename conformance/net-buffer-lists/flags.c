/* The two words of flags of a list: what its frames are, and what drivers note for themselves. */
#include "../rules/pools.h"

#define ALLOCATED_HERE 0x80000000
#define SHORT_LIVED 0x00010000

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST list;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    list = NdisAllocateNetBufferList(pool, 0, 0);

    NdisSetNblFlag(list, NDIS_NBL_FLAGS_IS_IPV4);
    NdisSetNblFlag(list, NDIS_NBL_FLAGS_IS_TCP);
    DbgPrint("frames 0x%x: IPv4 %u, IPv6 %u, one of them %u, both %u\n", NET_BUFFER_LIST_NBL_FLAGS(list),
             NdisTestNblFlag(list, NDIS_NBL_FLAGS_IS_IPV4), NdisTestNblFlag(list, NDIS_NBL_FLAGS_IS_IPV6),
             NdisTestNblFlag(list, NDIS_NBL_FLAGS_IS_IPV4 | NDIS_NBL_FLAGS_IS_IPV6),
             NdisTestNblFlags(list, NDIS_NBL_FLAGS_IS_IPV4 | NDIS_NBL_FLAGS_IS_IPV6));
    NdisClearNblFlag(list, NDIS_NBL_FLAGS_IS_IPV4);
    DbgPrint("frames 0x%x\n", NET_BUFFER_LIST_NBL_FLAGS(list));

    NBL_SET_FLAG(list, SHORT_LIVED);
    NBL_SET_PROT_RSVD_FLAG(list, ALLOCATED_HERE | SHORT_LIVED);
    DbgPrint("notes 0x%08x: %u %u, all of them %u\n", NET_BUFFER_LIST_FLAGS(list),
             NBL_TEST_PROT_RSVD_FLAG(list, ALLOCATED_HERE), NBL_TEST_PROT_RSVD_FLAG(list, SHORT_LIVED),
             NBL_TEST_FLAGS(list, ALLOCATED_HERE | SHORT_LIVED));
    NBL_CLEAR_PROT_RSVD_FLAG(list, NBL_PROT_RSVD_FLAGS);
    DbgPrint("notes 0x%08x: %u %u\n", NET_BUFFER_LIST_FLAGS(list), NBL_TEST_FLAG(list, ALLOCATED_HERE),
             NBL_TEST_FLAG(list, SHORT_LIVED));
    NBL_CLEAR_FLAG(list, SHORT_LIVED);
    DbgPrint("notes 0x%08x\n", NET_BUFFER_LIST_FLAGS(list));

    NdisFreeNetBufferList(list);
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}

/* prints
frames 0xa00: IPv4 1, IPv6 0, one of them 1, both 0
frames 0x800
notes 0x80010000: 1 0, all of them 1
notes 0x00010000: 0 1
notes 0x00000000
*/
