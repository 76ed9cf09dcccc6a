#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;
    NDIS_HANDLE pool;
    PNDIS_PACKET upper = NULL, own = NULL;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 2, 0);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacket(&status, &upper, pool);
    NdisAllocatePacket(&status, &own, pool);
    if (upper != NULL && own != NULL) {
        /* what a protocol sent down goes on in a packet of one's own */
        NDIS_SET_PACKET_CANCEL_ID(upper, (PVOID)5);
        NdisIMCopySendPerPacketInfo(own, upper);
        NDIS_SET_ORIGINAL_PACKET(own, upper);
        DbgPrint("cancel id %p, the original known: %s\n", NDIS_GET_PACKET_CANCEL_ID(own),
                 NDIS_GET_ORIGINAL_PACKET(own) == upper ? "yes" : "no");

        /* and what the miniport made of it goes back */
        NDIS_SET_ORIGINAL_PACKET(own, NULL);
        NDIS_SET_PACKET_CANCEL_ID(own, (PVOID)6);
        NdisIMCopySendCompletePerPacketInfo(upper, own);
        DbgPrint("cancel id %p\n", NDIS_GET_PACKET_CANCEL_ID(upper));
    }
    if (upper != NULL) {
        NdisFreePacket(upper);
    }
    if (own != NULL) {
        NdisFreePacket(own);
    }
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
