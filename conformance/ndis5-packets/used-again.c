/* A packet that was used and freed comes back as new, by every function that gives one. */
#include <ndis.h>

#define RESERVED PROTOCOL_RESERVED_SIZE_IN_PACKET

static VOID Print(PCSTR What, PNDIS_PACKET Packet)
{
    PUCHAR bytes = (PUCHAR)Packet;
    UINT size = NdisPacketSize(RESERVED);
    UINT set = 0;
    UINT i;

    for (i = 0; i < size; i++) {
        if (bytes[i] != 0 && (i < FIELD_OFFSET(NDIS_PACKET, Private.Pool) || i >= sizeof(NDIS_PACKET_PRIVATE))) {
            set++;
        }
    }
    DbgPrint("%s: %u bytes set, head %s, counts %s, flags 0x%x and 0x%02x, out-of-band data at %u\n", What, set,
             Packet->Private.Head == NULL ? "NULL" : "there", Packet->Private.ValidCounts ? "valid" : "stale",
             Packet->Private.Flags, Packet->Private.NdisPacketFlags, Packet->Private.NdisPacketOobOffset);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_SPIN_LOCK poolLock;
    PNDIS_PACKET packet;
    NDIS_HANDLE pool;
    NDIS_STATUS status;
    KIRQL irql;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 1, RESERVED);
    if (status != NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacket(&status, &packet, pool);
    Print("new", packet);
    NdisFillMemory(packet->ProtocolReserved, RESERVED, 0xcc);
    NdisFillMemory(NDIS_OOB_DATA_FROM_PACKET(packet), sizeof(NDIS_PACKET_OOB_DATA) + sizeof(NDIS_PACKET_EXTENSION),
                   0xcc);
    NdisSetPacketFlags(packet, NDIS_FLAGS_DONT_LOOPBACK);
    NdisFreePacket(packet);

    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    NdisDprAllocatePacket(&status, &packet, pool);
    Print("Dpr", packet);
    NdisFillMemory(packet->MacReserved, sizeof(packet->MacReserved), 0xcc);
    NdisDprFreePacket(packet);
    KeLowerIrql(irql);

    NdisAllocateSpinLock(&poolLock);
    NdisAcquireSpinLock(&poolLock);
    NdisDprAllocatePacketNonInterlocked(&status, &packet, pool);
    Print("NonInterlocked", packet);
    NdisDprFreePacketNonInterlocked(packet);
    NdisReleaseSpinLock(&poolLock);
    NdisFreeSpinLock(&poolLock);
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}

/* prints
new: 0 bytes set, head NULL, counts valid, flags 0x0 and 0x80, out-of-band data at 72
Dpr: 0 bytes set, head NULL, counts valid, flags 0x0 and 0x80, out-of-band data at 72
NonInterlocked: 0 bytes set, head NULL, counts valid, flags 0x0 and 0x80, out-of-band data at 72
*/
