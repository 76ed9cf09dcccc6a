#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE packets, buffers;
    PNDIS_PACKET packet;
    PNDIS_BUFFER header, payload, taken;
    PUCHAR block;

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
        NdisChainBufferAtBack(packet, header);
        NdisChainBufferAtBack(packet, payload);
        NdisUnchainBufferAtFront(packet, &taken);
        DbgPrint("%u bytes from the front\n", NdisBufferLength(taken));
        NdisUnchainBufferAtBack(packet, &taken);
        DbgPrint("%u bytes from the back\n", NdisBufferLength(taken));
        NdisUnchainBufferAtBack(packet, &taken);
        DbgPrint("more: %s\n", taken == NULL ? "no" : "yes");

        /* used again for another frame */
        NdisReinitializePacket(packet);
        NdisChainBufferAtFront(packet, payload);
        NdisUnchainBufferAtFront(packet, &taken);
        DbgPrint("%u bytes from the front\n", NdisBufferLength(taken));
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
