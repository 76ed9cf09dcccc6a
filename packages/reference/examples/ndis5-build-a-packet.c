#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE packets, buffers;
    PNDIS_PACKET packet;
    PNDIS_BUFFER header, payload, first;
    PUCHAR block;
    PVOID address;
    UINT count, length, total;

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
        NdisChainBufferAtBack(packet, payload);
        NdisChainBufferAtFront(packet, header);
        NdisQueryPacket(packet, NULL, &count, &first, &total);
        DbgPrint("%u descriptors, %u bytes, the header first: %s\n", count, total, first == header ? "yes" : "no");
        NdisQueryPacketLength(packet, &length);
        DbgPrint("%u bytes\n", length);

        NdisGetFirstBufferFromPacket(packet, &first, &address, &length, &total);
        DbgPrint("%u of %u bytes, where the block is: %s\n", length, total, address == block ? "yes" : "no");
        NdisGetFirstBufferFromPacketSafe(packet, &first, &address, &length, &total, NormalPagePriority);
        if (address != NULL) {
            DbgPrint("%u of %u bytes, where the block is: %s\n", length, total, address == block ? "yes" : "no");
        }
        NdisReinitializePacket(packet); /* the descriptors are kept in header and payload */
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
