/* A frame of three descriptors is put together and taken apart from both ends, and counted on the way. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define PIECES 3

static const UINT Lengths[PIECES] = { 14, 1000, 4 };

static VOID Print(PCSTR What, PNDIS_PACKET Packet)
{
    PNDIS_BUFFER first;
    UINT pages;
    UINT count;
    UINT length;

    NdisQueryPacket(Packet, &pages, &count, &first, &length);
    DbgPrint("%s: %u descriptors, %u bytes, %u pages, first %u, last %u\n", What, count, length, pages,
             first == NULL ? 0 : NdisBufferLength(first),
             first == NULL ? 0 : NdisBufferLength(NDIS_PACKET_LAST_NDIS_BUFFER(Packet)));
}

static VOID TakeApart(PNDIS_PACKET Packet)
{
    PNDIS_BUFFER buffer;
    PVOID address;
    UINT length;
    UINT total;

    NdisUnchainBufferAtFront(Packet, &buffer);
    DbgPrint("from the front: %u, linked on: %s\n", NdisBufferLength(buffer),
             NDIS_BUFFER_LINKAGE(buffer) == NULL ? "no" : "yes");
    NdisUnchainBufferAtBack(Packet, &buffer);
    DbgPrint("from the back: %u\n", NdisBufferLength(buffer));
    Print("left", Packet);
    NdisGetFirstBufferFromPacket(Packet, &buffer, &address, &length, &total);
    DbgPrint("first has %u of %u\n", length, total);
    NdisUnchainBufferAtBack(Packet, &buffer);
    NdisUnchainBufferAtBack(Packet, &buffer);
    DbgPrint("nothing left: %s\n", buffer == NULL ? "NULL" : "there");
    NdisGetFirstBufferFromPacketSafe(Packet, &buffer, &address, &length, &total, NormalPagePriority);
    DbgPrint("first of nothing: %s, %s, %u of %u\n", buffer == NULL ? "NULL" : "there",
             address == NULL ? "NULL" : "there", length, total);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_BUFFER pieces[PIECES];
    NDIS_HANDLE bufferPool;
    NDIS_HANDLE packetPool;
    PNDIS_PACKET packet;
    NDIS_STATUS status;
    PUCHAR block;
    UINT length;
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, PAGE_SIZE, BLOCK_TAG, NormalPoolPriority);
    NdisAllocateBufferPool(&status, &bufferPool, PIECES);
    NdisAllocatePacketPool(&status, &packetPool, 1, 0);
    NdisAllocatePacket(&status, &packet, packetPool); /* allocated CHAIN-COUNTS */
    for (i = 0; i < PIECES; i++) {
        NdisAllocateBuffer(&status, &pieces[i], bufferPool, block + i * 1024, Lengths[i]);
    }
    Print("empty", packet);
    NdisChainBufferAtBack(packet, pieces[1]);
    NdisChainBufferAtFront(packet, pieces[0]);
    NdisChainBufferAtBack(packet, pieces[2]);
    Print("chained", packet);

    NdisAdjustBufferLength(pieces[1], 46);
    NdisQueryPacketLength(packet, &length); /* at CHAIN-COUNTS */
    NdisRecalculatePacketCounts(packet);
    DbgPrint("counted again: %s\n", NDIS_PACKET_VALID_COUNTS(packet) ? "already" : "not yet");
    NdisQueryPacketLength(packet, &length);
    DbgPrint("cut to %u, counted again: %s\n", length, NDIS_PACKET_VALID_COUNTS(packet) ? "yes" : "no");
    NdisAdjustBufferLength(pieces[1], Lengths[1]);
    NdisRecalculatePacketCounts(packet);
    TakeApart(packet);

    NdisChainBufferAtFront(packet, pieces[0]);
    NDIS_BUFFER_LINKAGE(pieces[0]) = pieces[1];
    NDIS_PACKET_LAST_NDIS_BUFFER(packet) = pieces[1];
    NDIS_PACKET_VALID_COUNTS(packet) = FALSE;
    Print("by hand", packet);
    NdisReinitializePacket(packet);
    DbgPrint("reinitialised: head %s, tail %s\n", NDIS_PACKET_FIRST_NDIS_BUFFER(packet) == NULL ? "NULL" : "there",
             NDIS_PACKET_LAST_NDIS_BUFFER(packet) == NULL ? "NULL" : "there");

    for (i = 0; i < PIECES; i++) {
        NdisFreeBuffer(pieces[i]);
    }
    NdisFreeBufferPool(bufferPool);
    NdisFreePacket(packet);
    NdisFreePacketPool(packetPool);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}

/* prints
empty: 0 descriptors, 0 bytes, 0 pages, first 0, last 0
chained: 3 descriptors, 1018 bytes, 3 pages, first 14, last 4
counted again: not yet
cut to 64, counted again: yes
from the front: 14, linked on: no
from the back: 4
left: 1 descriptors, 1000 bytes, 1 pages, first 1000, last 1000
first has 1000 of 1000
nothing left: NULL
first of nothing: NULL, NULL, 0 of 0
by hand: 2 descriptors, 1014 bytes, 2 pages, first 14, last 1000
reinitialised: head NULL, tail there
*/
