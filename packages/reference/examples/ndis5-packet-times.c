#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_PACKET sent = NULL, received = NULL;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 2, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacket(&status, &sent, pool);
    NdisAllocatePacket(&status, &received, pool);
    if (sent != NULL && received != NULL) {
        /* a protocol notes this in what it sends; in units of 100 nanoseconds */
        NDIS_SET_PACKET_TIME_TO_SEND(sent, 20000000ULL);
        DbgPrint("to be sent at %u ms\n", (ULONG)(NDIS_GET_PACKET_TIME_TO_SEND(sent) / 10000));

        /* and the miniport at the other end that in what it indicates */
        NDIS_SET_PACKET_TIME_SENT(received, 20000000ULL);
        NDIS_SET_PACKET_TIME_RECEIVED(received, 20050000ULL);
        DbgPrint("sent at %u ms, received at %u ms\n", (ULONG)(NDIS_GET_PACKET_TIME_SENT(received) / 10000),
                 (ULONG)(NDIS_GET_PACKET_TIME_RECEIVED(received) / 10000));
    }
    if (sent != NULL) {
        NdisFreePacket(sent);
    }
    if (received != NULL) {
        NdisFreePacket(received);
    }
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
