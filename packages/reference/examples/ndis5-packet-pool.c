#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_PACKET packet;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 8, PROTOCOL_RESERVED_SIZE_IN_PACKET);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DbgPrint("8 packets of %u bytes\n", NdisPacketSize(PROTOCOL_RESERVED_SIZE_IN_PACKET));
    NdisAllocatePacket(&status, &packet, pool);
    if (status == NDIS_STATUS_SUCCESS) {
        DbgPrint("%u is out\n", NdisPacketPoolUsage(pool));
        NdisFreePacket(packet);
    }
    DbgPrint("%u are out\n", NdisPacketPoolUsage(pool));
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
