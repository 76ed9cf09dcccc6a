/* Bytes move between packets that are cut at different places. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define LENGTH 12

static PUCHAR Block;
static NDIS_HANDLE BufferPool;

/* Chains two descriptors, over Cut bytes from Offset on and over the rest of LENGTH. */
static VOID Fill(PNDIS_PACKET Packet, ULONG Offset, UINT Cut)
{
    PNDIS_BUFFER buffer;
    NDIS_STATUS status;

    NdisAllocateBuffer(&status, &buffer, BufferPool, Block + Offset, Cut);
    NdisChainBufferAtBack(Packet, buffer);
    NdisAllocateBuffer(&status, &buffer, BufferPool, Block + Offset + Cut + 16, LENGTH - Cut);
    NdisChainBufferAtBack(Packet, buffer);
}

static VOID Empty(PNDIS_PACKET Packet)
{
    PNDIS_BUFFER buffer;

    for (;;) {
        NdisUnchainBufferAtFront(Packet, &buffer);
        if (buffer == NULL) {
            return;
        }
        NdisFreeBuffer(buffer);
    }
}

static VOID Print(PCSTR What, PNDIS_PACKET Packet, UINT Copied)
{
    CHAR text[LENGTH + 1];
    PNDIS_BUFFER buffer;
    PUCHAR address;
    UINT length;
    UINT at = 0;

    for (buffer = NDIS_PACKET_FIRST_NDIS_BUFFER(Packet); buffer != NULL; buffer = NDIS_BUFFER_LINKAGE(buffer)) {
        NdisQueryBufferSafe(buffer, (PVOID *)&address, &length, NormalPagePriority);
        NdisMoveMemory(text + at, address, length);
        at += length;
    }
    text[at] = 0;
    DbgPrint("%s: %u, %s\n", What, Copied, text);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_PACKET from;
    PNDIS_PACKET to;
    NDIS_HANDLE packetPool;
    NDIS_STATUS status;
    UINT copied;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, 128, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 4);
    NdisAllocatePacketPool(&status, &packetPool, 2, 0);
    NdisAllocatePacket(&status, &from, packetPool);
    NdisAllocatePacket(&status, &to, packetPool);
    NdisFillMemory(Block, 64, '.');
    NdisMoveMemory(Block + 64, "abc", 3);
    NdisMoveMemory(Block + 64 + 3 + 16, "defghijkl", 9);
    Fill(to, 0, 5);
    Fill(from, 64, 3);

    NdisCopyFromPacketToPacket(to, 0, 4, from, 0, &copied);
    Print("the first", to, copied);
    NdisCopyFromPacketToPacketSafe(to, 4, 100, from, 2, &copied, NormalPagePriority);
    Print("what there is room for", to, copied);
    NdisCopyFromPacketToPacket(to, 1, 100, from, 10, &copied);
    Print("what is left", to, copied);
    NdisCopyFromPacketToPacketSafe(to, 0, 1, from, LENGTH, &copied, NormalPagePriority);
    Print("behind the end", to, copied);

    Empty(to);
    Empty(from);
    NdisFreePacket(to);
    NdisFreePacket(from);
    NdisFreePacketPool(packetPool);
    NdisFreeBufferPool(BufferPool);
    NdisFreeMemory(Block, 0, 0);
    return STATUS_SUCCESS;
}

/* prints
the first: 4, abcd........
what there is room for: 8, abcdcdefghij
what is left: 2, akldcdefghij
behind the end: 0, akldcdefghij
*/
