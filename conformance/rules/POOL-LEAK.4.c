/* A packet pool is never freed. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    PNDIS_PACKET packet;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 8, 0); /* at, allocated POOL-LEAK */
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacket(&status, &packet, pool);
    if (status == NDIS_STATUS_SUCCESS) {
        NdisFreePacket(packet);
    }
#ifndef MISTAKE
    NdisFreePacketPool(pool);
#endif
    return STATUS_SUCCESS;
}
