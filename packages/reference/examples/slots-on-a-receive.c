#include <ndis.h>

#define TAG 'scod'

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .fAllocateNetBuffer = TRUE,
    .PoolTag = TAG,
};

/* What the driver of an adapter says of a frame that it put together from four segments. */
static VOID Fill(PNET_BUFFER_LIST List)
{
    NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO checksum = { .Value = NULL };
    NDIS_NET_BUFFER_LIST_FILTERING_INFO filtering = { .Value = NULL };
    NDIS_RSC_NBL_INFO coalesced = { .Value = NULL };

    checksum.Receive.TcpChecksumSucceeded = 1;
    checksum.Receive.IpChecksumSucceeded = 1;
    checksum.Receive.TcpChecksumValueInvalid = 1;
    NET_BUFFER_LIST_INFO(List, TcpIpChecksumNetBufferListInfo) = checksum.Value;

    filtering.FilteringInfo.QueueVPortInfo.QueueId = 2;
    NET_BUFFER_LIST_INFO(List, NetBufferListFilteringInfo) = filtering.Value;

    coalesced.Info.CoalescedSegCount = 4;
    coalesced.Info.DupAckCount = 1;
    NET_BUFFER_LIST_INFO(List, TcpRecvSegCoalesceInfo) = coalesced.Value;
}

/* What a filter makes of it. */
static VOID Look(PNET_BUFFER_LIST List)
{
    NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO checksum;
    NDIS_NET_BUFFER_LIST_FILTERING_INFO filtering;
    NDIS_RSC_NBL_INFO coalesced;

    checksum.Value = NET_BUFFER_LIST_INFO(List, TcpIpChecksumNetBufferListInfo);
    filtering.Value = NET_BUFFER_LIST_INFO(List, NetBufferListFilteringInfo);
    coalesced.Value = NET_BUFFER_LIST_INFO(List, TcpRecvSegCoalesceInfo);
    DbgPrint("TCP: %s\n", checksum.Receive.TcpChecksumFailed      ? "wrong"
                          : !checksum.Receive.TcpChecksumSucceeded ? "not looked at"
                          : checksum.Receive.TcpChecksumValueInvalid ? "was right, and is not in the bytes"
                                                                     : "right");
    DbgPrint("queue %u\n", filtering.FilteringInfo.QueueVPortInfo.QueueId);
    if (coalesced.Info.CoalescedSegCount != 0) {
        DbgPrint("%u segments, %u duplicate acknowledgement\n", coalesced.Info.CoalescedSegCount,
                 coalesced.Info.DupAckCount);
    }
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
        Fill(list);
        Look(list);
        NdisFreeNetBufferList(list);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
