#include <ndis.h>

#define TAG 'scod'

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .PoolTag = TAG,
};

static VOID Show(PCSTR What, PNET_BUFFER_LIST List)
{
    NDIS_NET_BUFFER_LIST_8021Q_INFO vlan;

    vlan.Value = NET_BUFFER_LIST_INFO(List, Ieee8021QNetBufferListInfo);
    DbgPrint("%s: VLAN %u, cancel id %u, hash %x\n", What, vlan.TagHeader.VlanId,
             PtrToUlong(NET_BUFFER_LIST_INFO(List, NetBufferListCancelId)),
             PtrToUlong(NET_BUFFER_LIST_INFO(List, NetBufferListHashValue)));
}

static VOID Story(PNET_BUFFER_LIST Original, PNET_BUFFER_LIST Down, PNET_BUFFER_LIST Up)
{
    NDIS_NET_BUFFER_LIST_8021Q_INFO vlan;

    vlan.Value = NULL;
    vlan.TagHeader.VlanId = 42;
    NET_BUFFER_LIST_INFO(Original, Ieee8021QNetBufferListInfo) = vlan.Value;
    NET_BUFFER_LIST_INFO(Original, NetBufferListCancelId) = (PVOID)7;
    NET_BUFFER_LIST_INFO(Original, NetBufferListHashValue) = (PVOID)0x1234;

    NdisCopySendNetBufferListInfo(Down, Original);
    Show("a send", Down);
    NdisCopyReceiveNetBufferListInfo(Up, Original);
    Show("a receive", Up);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST lists[3];
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    pool = NdisAllocateNetBufferListPool(NULL, &PoolParameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (i = 0; i < 3; i++) {
        lists[i] = NdisAllocateNetBufferList(pool, 0, 0);
    }
    if (lists[0] != NULL && lists[1] != NULL && lists[2] != NULL) {
        Story(lists[0], lists[1], lists[2]);
    }
    for (i = 0; i < 3; i++) {
        if (lists[i] != NULL) {
            NdisFreeNetBufferList(lists[i]);
        }
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
