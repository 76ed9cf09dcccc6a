#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE packets, buffers;
    PNDIS_PACKET packet;
    PNDIS_BUFFER header, payload;
    PUCHAR block;
    UINT length;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, 64, TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacketPool(&status, &packets, 1, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(block, 0, 0);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &buffers, 2);
    NdisAllocateBuffer(&status, &header, buffers, block, 14);
    NdisAllocateBuffer(&status, &payload, buffers, block + 14, 46);
    NdisAllocatePacket(&status, &packet, packets);
    if (packet != NULL && header != NULL && payload != NULL) {
        NDIS_PACKET_FIRST_NDIS_BUFFER(packet) = header;
        NDIS_PACKET_LAST_NDIS_BUFFER(packet) = header;
        NDIS_PACKET_VALID_COUNTS(packet) = FALSE;
        NdisQueryPacketLength(packet, &length);
        DbgPrint("%u bytes, counts valid: %s\n", length, NDIS_PACKET_VALID_COUNTS(packet) ? "yes" : "no");

        NDIS_BUFFER_LINKAGE(header) = payload;
        NdisRecalculatePacketCounts(packet);
        DbgPrint("the payload last: %s\n", NDIS_PACKET_LAST_NDIS_BUFFER(packet) == payload ? "yes" : "no");
        NdisQueryPacketLength(packet, &length);
        DbgPrint("%u bytes\n", length);
        NdisReinitializePacket(packet);
    }
    if (header != NULL) {
        NdisFreeBuffer(header);
    }
    if (payload != NULL) {
        NdisFreeBuffer(payload);
    }
    if (packet != NULL) {
        NdisFreePacket(packet);
    }
    NdisFreeBufferPool(buffers);
    NdisFreePacketPool(packets);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
