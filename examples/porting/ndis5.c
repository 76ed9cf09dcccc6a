/* A packet of a header and a payload is built, looked into, stripped of its header, made whole, copied and given back:
   with NDIS 5. ndis6.c does the same with NDIS 6. */
#include <ndis.h>

#define TAG 'troP'
#define HEADER_SIZE 14
#define PAYLOAD_SIZE 46
#define FRAME_SIZE (HEADER_SIZE + PAYLOAD_SIZE)

static NDIS_HANDLE PacketPool, BufferPool;
static VOID GiveBack(PNDIS_PACKET Packet);

/* 1. Make the pools */
static BOOLEAN MakePools(VOID)
{
    NDIS_STATUS status;

    NdisAllocatePacketPool(&status, &PacketPool, 2,
                           PROTOCOL_RESERVED_SIZE_IN_PACKET);
    if (status != NDIS_STATUS_SUCCESS) {
        return FALSE;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 3);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreePacketPool(PacketPool);
        return FALSE;
    }
    return TRUE;
}

/* 2. Build a packet */
static BOOLEAN Append(PNDIS_PACKET Packet, PVOID Bytes, UINT Length)
{
    NDIS_STATUS status;
    PNDIS_BUFFER buffer;

    NdisAllocateBuffer(&status, &buffer, BufferPool, Bytes, Length);
    if (status != NDIS_STATUS_SUCCESS) {
        return FALSE;
    }
    NdisChainBufferAtBack(Packet, buffer);
    return TRUE;
}

static PNDIS_PACKET Build(PUCHAR Header, PUCHAR Payload)
{
    NDIS_STATUS status;
    PNDIS_PACKET packet;

    NdisAllocatePacket(&status, &packet, PacketPool);
    if (status != NDIS_STATUS_SUCCESS) {
        return NULL;
    }
    if (!Append(packet, Header, HEADER_SIZE) ||
        !Append(packet, Payload, PAYLOAD_SIZE)) {
        GiveBack(packet);
        return NULL;
    }
    return packet;
}

/* 3. Look into it */
static VOID Look(PCSTR What, PNDIS_PACKET Packet)
{
    PNDIS_BUFFER first;
    PUCHAR bytes;
    UINT pieces, length, inFirst;

    NdisQueryPacket(Packet, NULL, &pieces, &first, &length);
    NdisQueryBufferSafe(first, (PVOID *)&bytes, &inFirst,
                        NormalPagePriority);
    if (bytes != NULL) {
        DbgPrint("%s: %u bytes, pieces: %u, the first byte 0x%02x\n",
                 What, length, pieces, bytes[0]);
    }
}

/* 4. Strip the header and restore it */
static VOID StripAndRestore(PNDIS_PACKET Packet)
{
    PNDIS_BUFFER header;

    NdisUnchainBufferAtFront(Packet, &header);
    Look("stripped", Packet);

    NdisChainBufferAtFront(Packet, header);
    Look("restored", Packet);
}

/* 5. Copy it */
static VOID Copy(PNDIS_PACKET Packet, PUCHAR Storage)
{
    NDIS_STATUS status;
    PNDIS_PACKET copy;
    UINT copied;

    NdisAllocatePacket(&status, &copy, PacketPool);
    if (status != NDIS_STATUS_SUCCESS) {
        return;
    }
    if (Append(copy, Storage, FRAME_SIZE)) {
        NdisCopyFromPacketToPacket(copy, 0, FRAME_SIZE, Packet, 0,
                                   &copied);
        DbgPrint("copied: %u bytes, 0x%02x behind the header\n",
                 copied, Storage[HEADER_SIZE]);
        Look("the copy", copy);
    }
    GiveBack(copy);
}

/* 6. Give it back */
static VOID GiveBack(PNDIS_PACKET Packet)
{
    PNDIS_BUFFER buffer;

    for (;;) {
        NdisUnchainBufferAtFront(Packet, &buffer);
        if (buffer == NULL) {
            break;
        }
        NdisFreeBuffer(buffer);
    }
    NdisFreePacket(Packet);
}

static VOID FreePools(VOID)
{
    NdisFreeBufferPool(BufferPool);
    NdisFreePacketPool(PacketPool);
}

/* 7. Do it all */
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject,
                     PUNICODE_STRING RegistryPath)
{
    PUCHAR block;
    PNDIS_PACKET packet;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    if (NdisAllocateMemoryWithTag((PVOID *)&block, 2 * FRAME_SIZE, TAG) !=
        NDIS_STATUS_SUCCESS) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisFillMemory(block, HEADER_SIZE, 0xff);
    NdisFillMemory(block + HEADER_SIZE, PAYLOAD_SIZE, 0x45);
    if (MakePools()) {
        packet = Build(block, block + HEADER_SIZE);
        if (packet != NULL) {
            Look("built", packet);
            StripAndRestore(packet);
            Copy(packet, block + FRAME_SIZE);
            GiveBack(packet);
        }
        FreePools();
    }
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
