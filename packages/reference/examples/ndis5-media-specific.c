#include <ndis.h>

static ULONG Key = 7;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_PACKET packet;
    PVOID information;
    UINT size;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 1, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacket(&status, &packet, pool);
    if (status == NDIS_STATUS_SUCCESS) {
        NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(packet, &information, &size);
        DbgPrint("before: %u bytes\n", size);
        NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO(packet, &Key, sizeof(Key));
        NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(packet, &information, &size);
        DbgPrint("now: %u bytes, the key %u\n", size, *(PULONG)information);
        NdisFreePacket(packet);
    }
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
