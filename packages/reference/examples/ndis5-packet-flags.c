#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_PACKET packet;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 1, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacket(&status, &packet, pool);
    if (status == NDIS_STATUS_SUCCESS) {
        NdisSetPacketFlags(packet, NDIS_FLAGS_DONT_LOOPBACK);
        NdisSetPacketFlags(packet, NDIS_FLAGS_MULTICAST_PACKET);
        DbgPrint("flags 0x%x\n", NdisGetPacketFlags(packet));
        NdisClearPacketFlags(packet, NDIS_FLAGS_DONT_LOOPBACK);
        DbgPrint("flags 0x%x\n", NdisGetPacketFlags(packet));
        NdisFreePacket(packet);
    }
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
