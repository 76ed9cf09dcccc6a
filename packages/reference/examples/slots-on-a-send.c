#include <ndis.h>

#define TAG 'scod'

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .fAllocateNetBuffer = TRUE,
    .PoolTag = TAG,
};

#define ETHERNET 14
#define IPV4 20

/* What a protocol asks of the adapter: a tag, checksums, and segments of 1460 bytes. */
static VOID Ask(PNET_BUFFER_LIST List)
{
    NDIS_NET_BUFFER_LIST_8021Q_INFO vlan = { .Value = NULL };
    NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO checksum = { .Value = NULL };
    NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO large = { .Value = NULL };

    vlan.TagHeader.UserPriority = 5;
    vlan.TagHeader.VlanId = 42;
    NET_BUFFER_LIST_INFO(List, Ieee8021QNetBufferListInfo) = vlan.Value;

    checksum.Transmit.IsIPv4 = 1;
    checksum.Transmit.IpHeaderChecksum = 1;
    checksum.Transmit.TcpChecksum = 1;
    checksum.Transmit.TcpHeaderOffset = ETHERNET + IPV4;
    NET_BUFFER_LIST_INFO(List, TcpIpChecksumNetBufferListInfo) = checksum.Value;

    large.LsoV2Transmit.Type = NDIS_TCP_LARGE_SEND_OFFLOAD_V2_TYPE;
    large.LsoV2Transmit.IPVersion = NDIS_TCP_LARGE_SEND_OFFLOAD_IPv4;
    large.LsoV2Transmit.MSS = 1460;
    large.LsoV2Transmit.TcpHeaderOffset = ETHERNET + IPV4;
    NET_BUFFER_LIST_INFO(List, TcpLargeSendNetBufferListInfo) = large.Value;
}

/* A filter puts a header of 8 bytes in front of the TCP header: what says where it starts moves too. */
static VOID Move(PNET_BUFFER_LIST List)
{
    NDIS_TCP_LARGE_SEND_OFFLOAD_NET_BUFFER_LIST_INFO large;
    NDIS_TCP_IP_CHECKSUM_NET_BUFFER_LIST_INFO checksum;

    checksum.Value = NET_BUFFER_LIST_INFO(List, TcpIpChecksumNetBufferListInfo);
    if (checksum.Transmit.TcpChecksum) {
        checksum.Transmit.TcpHeaderOffset += 8;
        NET_BUFFER_LIST_INFO(List, TcpIpChecksumNetBufferListInfo) = checksum.Value;
    }
    large.Value = NET_BUFFER_LIST_INFO(List, TcpLargeSendNetBufferListInfo);
    if (large.LsoV2Transmit.MSS != 0) { /* at the same place in both versions */
        large.LsoV2Transmit.TcpHeaderOffset += 8;
        large.LsoV2Transmit.MSS -= 8;
        NET_BUFFER_LIST_INFO(List, TcpLargeSendNetBufferListInfo) = large.Value;
    }
}

static VOID Show(PNET_BUFFER_LIST List)
{
    DbgPrint("VLAN %p, checksums %p, segments %p\n", NET_BUFFER_LIST_INFO(List, Ieee8021QNetBufferListInfo),
             NET_BUFFER_LIST_INFO(List, TcpIpChecksumNetBufferListInfo),
             NET_BUFFER_LIST_INFO(List, TcpLargeSendNetBufferListInfo));
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
        Ask(list);
        Show(list);
        Move(list);
        Show(list);
        NdisFreeNetBufferList(list);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
