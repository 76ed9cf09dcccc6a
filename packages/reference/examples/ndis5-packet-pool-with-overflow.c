#include <ndis.h>

#define BASE 2
#define OVERFLOW 2

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_PACKET packets[BASE + OVERFLOW];
    ULONG count = 0;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPoolEx(&status, &pool, BASE, OVERFLOW, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisSetPacketPoolProtocolId(pool, NDIS_PROTOCOL_ID_TCP_IP);
    while (count < BASE + OVERFLOW) {
        NdisAllocatePacket(&status, &packets[count], pool);
        if (status != NDIS_STATUS_SUCCESS) {
            break;
        }
        count++;
    }
    DbgPrint("%u packets\n", count);
    if (count > 0) {
        DbgPrint("protocol %u, of the pool: %s\n", NDIS_GET_PACKET_PROTOCOL_TYPE(packets[0]),
                 NdisGetPoolFromPacket(packets[0]) == pool ? "yes" : "no");
    }
    while (count > 0) {
        NdisFreePacket(packets[--count]);
    }
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
