/* Packet pools: what they give, what they count, and where they end. */
#include <ndis.h>

#define RESERVED PROTOCOL_RESERVED_SIZE_IN_PACKET
#define BASE 2
#define OVERFLOW 1

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_PACKET packets[BASE + OVERFLOW + 1];
    NDIS_HANDLE fixed;
    NDIS_HANDLE pool;
    NDIS_STATUS status;
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    DbgPrint("a packet has %u bytes, %u with reserved ones\n", NdisPacketSize(0), NdisPacketSize(RESERVED));
    NdisAllocatePacketPool(&status, &fixed, 0x10000, RESERVED);
    DbgPrint("too many: 0x%08x, %s\n", status, fixed == NULL ? "NULL" : "there");
    NdisAllocatePacketPoolEx(&status, &pool, 0x10000, 1, RESERVED);
    DbgPrint("too many, with overflow: 0x%08x, %s\n", status, pool == NULL ? "NULL" : "there");

    NdisAllocatePacketPoolEx(&status, &pool, BASE, OVERFLOW, RESERVED); /* allocated POOL-EXHAUST */
    DbgPrint("pool: 0x%08x\n", status);
    NdisSetPacketPoolProtocolId(pool, NDIS_PROTOCOL_ID_TCP_IP);
    for (i = 0; i <= BASE + OVERFLOW; i++) {
        NdisAllocatePacket(&status, &packets[i], pool); /* at POOL-EXHAUST */
        DbgPrint("packet %u: 0x%08x, %s, %u are out\n", i, status, packets[i] == NULL ? "NULL" : "there",
                 NdisPacketPoolUsage(pool));
    }
    DbgPrint("of its pool: %s, of protocol %u\n", NdisGetPoolFromPacket(packets[0]) == pool ? "yes" : "no",
             NDIS_GET_PACKET_PROTOCOL_TYPE(packets[0]));
    for (i = 0; i < BASE + OVERFLOW; i++) {
        NdisFreePacket(packets[i]);
    }
    DbgPrint("%u are out\n", NdisPacketPoolUsage(pool));
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}

/* prints
a packet has 136 bytes, 152 with reserved ones
too many: 0xc000009a, NULL
too many, with overflow: 0xc000009a, NULL
pool: 0x00000000
packet 0: 0x00000000, there, 1 are out
packet 1: 0x00000000, there, 2 are out
packet 2: 0x00000000, there, 3 are out
packet 3: 0xc000009a, NULL, 3 are out
of its pool: yes, of protocol 2
0 are out
*/
