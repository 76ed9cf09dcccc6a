#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_SPIN_LOCK lock;
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_PACKET packet;
    KIRQL irql;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 2, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateSpinLock(&lock);

    /* what runs in a DPC is at DISPATCH_LEVEL anyway */
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    NdisDprAllocatePacket(&status, &packet, pool);
    if (status == NDIS_STATUS_SUCCESS) {
        DbgPrint("%u out\n", NdisPacketPoolUsage(pool));
        NdisDprFreePacket(packet);
    }
    KeLowerIrql(irql);

    /* with a lock of one's own around every use of the pool */
    NdisAcquireSpinLock(&lock);
    NdisDprAllocatePacketNonInterlocked(&status, &packet, pool);
    if (status == NDIS_STATUS_SUCCESS) {
        DbgPrint("%u out\n", NdisPacketPoolUsage(pool));
        NdisDprFreePacketNonInterlocked(packet);
    }
    NdisReleaseSpinLock(&lock);

    NdisFreeSpinLock(&lock);
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
