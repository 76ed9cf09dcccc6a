#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_PACKET packet;
    PNDIS_PACKET_OOB_DATA oob;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 1, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacket(&status, &packet, pool);
    if (status == NDIS_STATUS_SUCCESS) {
        NDIS_SET_PACKET_HEADER_SIZE(packet, 14);
        NDIS_SET_PACKET_STATUS(packet, NDIS_STATUS_RESOURCES);
        oob = NDIS_OOB_DATA_FROM_PACKET(packet);
        DbgPrint("header of %u bytes, or %u; status 0x%08x\n", NDIS_GET_PACKET_HEADER_SIZE(packet), oob->HeaderSize,
                 NDIS_GET_PACKET_STATUS(packet));

        NDIS_PER_PACKET_INFO_FROM_PACKET(packet, Ieee8021QInfo) = (PVOID)100;
        DbgPrint("802.1Q information %p\n", NDIS_PACKET_EXTENSION_FROM_PACKET(packet)->NdisPacketInfo[Ieee8021QInfo]);
        NdisFreePacket(packet);
    }
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
