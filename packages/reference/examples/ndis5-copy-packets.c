#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE packets, buffers;
    PNDIS_PACKET from = NULL, to = NULL;
    PNDIS_BUFFER source = NULL, target = NULL;
    PUCHAR block;
    UINT copied;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, 64, TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacketPool(&status, &packets, 2, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(block, 0, 0);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &buffers, 2);
    NdisAllocateBuffer(&status, &source, buffers, block, 10);
    NdisAllocateBuffer(&status, &target, buffers, block + 32, 6);
    NdisAllocatePacket(&status, &from, packets);
    NdisAllocatePacket(&status, &to, packets);
    if (source != NULL && target != NULL && from != NULL && to != NULL) {
        NdisMoveMemory(block, "0123456789", 10);
        NdisChainBufferAtFront(from, source);
        NdisChainBufferAtFront(to, target);

        NdisCopyFromPacketToPacket(to, 0, 2, from, 8, &copied);
        DbgPrint("%u copied: %c%c\n", copied, block[32], block[33]);
        NdisCopyFromPacketToPacketSafe(to, 2, 10, from, 0, &copied, NormalPagePriority);
        DbgPrint("%u copied, more has no room: %c%c%c%c\n", copied, block[34], block[35], block[36], block[37]);

        NdisReinitializePacket(from);
        NdisReinitializePacket(to);
    }
    if (source != NULL) {
        NdisFreeBuffer(source);
    }
    if (target != NULL) {
        NdisFreeBuffer(target);
    }
    if (from != NULL) {
        NdisFreePacket(from);
    }
    if (to != NULL) {
        NdisFreePacket(to);
    }
    NdisFreeBufferPool(buffers);
    NdisFreePacketPool(packets);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
