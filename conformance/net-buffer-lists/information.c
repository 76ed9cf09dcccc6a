/* What a list says of its frames beside their data, and which of it goes along to a list that stands for it. */
#include "../rules/pools.h"

static VOID PrintSlots(PCSTR What, PNET_BUFFER_LIST List)
{
    ULONG slot;

    DbgPrint("%s:", What);
    for (slot = 0; slot < MaxNetBufferListInfo; slot++) {
        if (NET_BUFFER_LIST_INFO(List, slot) != NULL) {
            DbgPrint(" %u", slot);
        }
    }
    DbgPrint("\n");
}

static VOID Hashes(PNET_BUFFER_LIST List)
{
    ULONG information;

    NET_BUFFER_LIST_SET_HASH_VALUE(List, 0xA1B2C3D4);
    NET_BUFFER_LIST_SET_HASH_TYPE(List, NDIS_HASH_TCP_IPV4);
    NET_BUFFER_LIST_SET_HASH_FUNCTION(List, NdisHashFunctionToeplitz);
    DbgPrint("hash 0x%08x of type 0x%x by function %u\n", NET_BUFFER_LIST_GET_HASH_VALUE(List),
             NET_BUFFER_LIST_GET_HASH_TYPE(List), NET_BUFFER_LIST_GET_HASH_FUNCTION(List));
    NET_BUFFER_LIST_SET_HASH_TYPE(List, NDIS_HASH_IPV6);
    DbgPrint("information 0x%x\n", PtrToUlong(NET_BUFFER_LIST_INFO(List, NetBufferListHashInfo)));
    information = NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC(NDIS_HASH_IPV4 | NDIS_HASH_TCP_IPV4, NdisHashFunctionToeplitz);
    DbgPrint("information 0x%x: type 0x%x, function %u\n", information,
             NDIS_RSS_HASH_TYPE_FROM_HASH_INFO(information), NDIS_RSS_HASH_FUNC_FROM_HASH_INFO(information));
}

static VOID Queues(PNET_BUFFER_LIST List)
{
    PNDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO detail = NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(List);

    NET_BUFFER_LIST_RECEIVE_FILTER_ID(List) = 3;
    NET_BUFFER_LIST_RECEIVE_QUEUE_ID(List) = 5;
    DbgPrint("filter %u, queue %u, port %u, slot 0x%08x\n", NET_BUFFER_LIST_RECEIVE_FILTER_ID(List),
             NET_BUFFER_LIST_RECEIVE_QUEUE_ID(List), NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID(List),
             PtrToUlong(NET_BUFFER_LIST_INFO(List, NetBufferListFilteringInfo)));
    NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID(List) = 6;
    DbgPrint("queue %u\n", NET_BUFFER_LIST_RECEIVE_QUEUE_ID(List));

    NET_BUFFER_LIST_COALESCED_SEG_COUNT(List) = 4;
    NET_BUFFER_LIST_DUP_ACK_COUNT(List) = 1;
    DbgPrint("%u segments, %u duplicate acknowledgements\n", NET_BUFFER_LIST_COALESCED_SEG_COUNT(List),
             NET_BUFFER_LIST_DUP_ACK_COUNT(List));

    detail->SourcePortId = 0x1234;
    detail->SourceNicIndex = 7;
    detail->IsPacketDataSafe = TRUE;
    DbgPrint("forwarding detail 0x%I64x\n", detail->AsUINT64);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_NET_BUFFER_LIST_8021Q_INFO vlan;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST copy;
    ULONG_PTR cancelId;
    ULONG slot;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    list = NdisAllocateNetBufferList(pool, 0, 0);
    PrintSlots("as new", list);

    vlan.Value = NULL;
    vlan.TagHeader.VlanId = 42;
    vlan.TagHeader.UserPriority = 5;
    NET_BUFFER_LIST_INFO(list, Ieee8021QNetBufferListInfo) = vlan.Value;
    DbgPrint("VLAN slot 0x%x\n", PtrToUlong(NET_BUFFER_LIST_INFO(list, Ieee8021QNetBufferListInfo)));

    cancelId = (ULONG_PTR)NdisGeneratePartialCancelId() << ((sizeof(PVOID) - 1) * 8);
    NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(list, (PVOID)(cancelId | 77));
    DbgPrint("cancel id %p\n", NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(list));

    NET_BUFFER_LIST_INFO(list, NetBufferListProtocolId) = UlongToPtr(0x12345600);
    NdisSetNetBufferListProtocolId(list, NDIS_PROTOCOL_ID_TCP_IP);
    DbgPrint("protocol %u in 0x%08x\n", NdisGetNetBufferListProtocolId(list),
             PtrToUlong(NET_BUFFER_LIST_INFO(list, NetBufferListProtocolId)));
    Hashes(list);
    Queues(list);

    for (slot = 0; slot < MaxNetBufferListInfo; slot++) {
        NET_BUFFER_LIST_INFO(list, slot) = UlongToPtr(slot + 1);
    }
    copy = NdisAllocateNetBufferList(pool, 0, 0);
    NdisCopySendNetBufferListInfo(copy, list);
    PrintSlots("sent along", copy);
    NdisFreeNetBufferList(copy);
    copy = NdisAllocateNetBufferList(pool, 0, 0);
    NdisCopyReceiveNetBufferListInfo(copy, list);
    PrintSlots("received along", copy);

    NdisFreeNetBufferList(copy);
    NdisFreeNetBufferList(list);
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}

/* prints
as new:
VLAN slot 0x2a5
cancel id 0100004D
protocol 2 in 0x12345602
hash 0xa1b2c3d4 of type 0x200 by function 1
information 0x401
information 0x301: type 0x300, function 1
filter 3, queue 5, port 5, slot 0x00050003
queue 6
4 segments, 1 duplicate acknowledgements
forwarding detail 0x40712340000
sent along: 0 1 2 4 5 6 7 11 12 14
received along: 0 1 2 4 6 7 8 9 11 12 14
*/
