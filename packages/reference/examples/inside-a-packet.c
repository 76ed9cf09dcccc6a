#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    NDIS_PACKET *packet;
    NDIS_PACKET_PRIVATE *private;
    NDIS_PACKET_OOB_DATA *oob;
    NDIS_PACKET_EXTENSION *extension;
    NDIS_PER_PACKET_INFO slot = PacketCancelId;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 1, PROTOCOL_RESERVED_SIZE_IN_PACKET);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacket(&status, &packet, pool);
    if (status == NDIS_STATUS_SUCCESS) {
        private = &packet->Private;
        oob = NDIS_OOB_DATA_FROM_PACKET(packet);
        extension = NDIS_PACKET_EXTENSION_FROM_PACKET(packet);
        DbgPrint("%u reserved bytes from %u on, out-of-band data at %u, extension at %u\n",
                 PROTOCOL_RESERVED_SIZE_IN_PACKET, FIELD_OFFSET(NDIS_PACKET, ProtocolReserved),
                 private->NdisPacketOobOffset, (PUCHAR)extension - (PUCHAR)packet);
        DbgPrint("no descriptor: %s, counts valid: %s\n", private->Head == NULL ? "yes" : "no",
                 private->ValidCounts ? "yes" : "no");

        oob->HeaderSize = 14;
        extension->NdisPacketInfo[slot] = (PVOID)7;
        DbgPrint("header of %u bytes, cancel id %p\n", NDIS_GET_PACKET_HEADER_SIZE(packet),
                 NDIS_GET_PACKET_CANCEL_ID(packet));
        NdisFreePacket(packet);
    }
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
