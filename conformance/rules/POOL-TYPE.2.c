/* The handle of the buffer pool is asked how many packets are out. */
#include <ndis.h>

#ifdef MISTAKE
#define POOL bufferPool
#else
#define POOL packetPool
#endif

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UCHAR *block;
    NDIS_HANDLE bufferPool;
    NDIS_HANDLE packetPool;
    PNDIS_BUFFER buffer;
    PNDIS_PACKET packet;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, 64, 'kclB', NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacketPool(&status, &packetPool, 1, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(block, 0, 0);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &bufferPool, 1); /* allocated POOL-TYPE */
    NdisAllocateBuffer(&status, &buffer, bufferPool, block, 64);
    NdisAllocatePacket(&status, &packet, packetPool);
    DbgPrint("%u packets are out\n", NdisPacketPoolUsage(POOL)); /* at POOL-TYPE */
    NdisFreeBuffer(buffer);
    NdisFreePacket(packet);
    NdisFreePacketPool(packetPool);
    NdisFreeBufferPool(bufferPool);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
