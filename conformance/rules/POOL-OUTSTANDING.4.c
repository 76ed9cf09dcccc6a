/* A packet pool is freed while one of its packets is out. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    PNDIS_PACKET packet;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 8, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacket(&status, &packet, pool); /* allocated POOL-OUTSTANDING */
#ifndef MISTAKE
    if (status == NDIS_STATUS_SUCCESS) {
        NdisFreePacket(packet);
    }
#endif
    NdisFreePacketPool(pool); /* at POOL-OUTSTANDING */
    return STATUS_SUCCESS;
}
