/* A pool made to be verified: what is freed is not used again soon, and useless until then. */
#include "../rules/pools.h"

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST first;
    PNET_BUFFER_LIST list;
    ULONG rounds = 0;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, TRUE, 64);
    parameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_2;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_2;
    parameters.Flags = NET_BUFFER_LIST_POOL_FLAG_VERIFY;
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);

    first = NdisAllocateNetBufferList(pool, 0, 0);
    NdisFreeNetBufferList(first);
    do {
        list = NdisAllocateNetBufferList(pool, 0, 0);
        NdisFreeNetBufferList(list);
        rounds++;
    } while (list != first);
    DbgPrint("used again after more than 64 others: %s\n", rounds > 64 ? "yes" : "no");

    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}

/* prints
used again after more than 64 others: yes
*/
