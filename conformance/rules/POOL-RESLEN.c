/* A context of the driver is kept in the packet itself, where only a pointer has room on every platform. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

typedef struct _CONTEXT {
    PVOID Original;
    ULONG Sequence;
    ULONG Flags;
    UCHAR Address[6];
} CONTEXT, *PCONTEXT;

#ifdef MISTAKE
#define RESERVED sizeof(CONTEXT)
#else
#define RESERVED sizeof(PCONTEXT)
#endif

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    PNDIS_PACKET packet;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 1, RESERVED); /* at POOL-RESLEN */
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacket(&status, &packet, pool);
    if (status == NDIS_STATUS_SUCCESS) {
        NdisFreePacket(packet);
    }
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}
