/* More packets are asked for than the pool has, base and overflow together. */
#include <ndis.h>

#define BASE 4
#define OVERFLOW 4

#ifdef MISTAKE
#define WANTED (BASE + OVERFLOW + 1)
#else
#define WANTED (BASE + OVERFLOW)
#endif

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_PACKET packets[WANTED];
    NDIS_HANDLE pool;
    NDIS_STATUS status;
    ULONG count = 0;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPoolEx(&status, &pool, BASE, OVERFLOW, 0); /* allocated POOL-EXHAUST */
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    while (count < WANTED) {
        NdisAllocatePacket(&status, &packets[count], pool); /* at POOL-EXHAUST */
        if (status != NDIS_STATUS_SUCCESS) {
            break;
        }
        count++;
    }
    DbgPrint("%u packets\n", count);
    while (count > 0) {
        NdisFreePacket(packets[--count]);
    }
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
