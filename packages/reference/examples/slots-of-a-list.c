#include <ndis.h>

#define TAG 'scod'

static VOID Put(PNET_BUFFER_LIST List, NDIS_NET_BUFFER_LIST_INFO Slot, PVOID Value)
{
    NET_BUFFER_LIST_INFO(List, Slot) = Value;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST list;
    ULONG slot;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.fAllocateNetBuffer = TRUE;
    parameters.PoolTag = TAG;
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    list = NdisAllocateNetBufferList(pool, 0, 0);
    if (list != NULL) {
        Put(list, NetBufferListCancelId, (PVOID)7);
        Put(list, NetBufferListHashValue, (PVOID)0x1234);
        DbgPrint("%u slots, in use:\n", MaxNetBufferListInfo);
        for (slot = 0; slot < MaxNetBufferListInfo; slot++) {
            if (NET_BUFFER_LIST_INFO(list, slot) != NULL) {
                DbgPrint("slot %u: %p\n", slot, NET_BUFFER_LIST_INFO(list, slot));
            }
        }
        NdisFreeNetBufferList(list);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
