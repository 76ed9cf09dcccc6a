/* An intermediate driver takes what goes with a packet over to its own, and gives the outcome back. */
#include <ndis.h>

#define RESERVED (2 * sizeof(PVOID))

static const ULONG MediaInfo[2] = { 0x11, 0x22 };

static VOID Print(PCSTR What, PNDIS_PACKET Packet)
{
    PVOID information;
    UINT size;

    DbgPrint("%s: header %u, status 0x%08x, flags 0x%x\n", What, NDIS_GET_PACKET_HEADER_SIZE(Packet),
             NDIS_GET_PACKET_STATUS(Packet), NdisGetPacketFlags(Packet));
    DbgPrint("%s: to send %x%08x, received %x%08x\n", What, (ULONG)(NDIS_GET_PACKET_TIME_TO_SEND(Packet) >> 32),
             (ULONG)NDIS_GET_PACKET_TIME_TO_SEND(Packet), (ULONG)(NDIS_GET_PACKET_TIME_RECEIVED(Packet) >> 32),
             (ULONG)NDIS_GET_PACKET_TIME_RECEIVED(Packet));
    NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(Packet, &information, &size);
    DbgPrint("%s: media specific %s, %u bytes\n", What,
             information == MediaInfo ? "array" : information == NULL ? "NULL" : "rubbish", size);
    DbgPrint("%s: 802.1Q %x, checksum %x, cancel id %x, original %s\n", What,
             PtrToUlong(NDIS_PER_PACKET_INFO_FROM_PACKET(Packet, Ieee8021QInfo)),
             PtrToUlong(NDIS_PACKET_EXTENSION_FROM_PACKET(Packet)->NdisPacketInfo[TcpIpChecksumPacketInfo]),
             PtrToUlong(NDIS_GET_PACKET_CANCEL_ID(Packet)),
             NDIS_GET_ORIGINAL_PACKET(Packet) == NULL ? "NULL" : "there");
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_PACKET upper;
    PNDIS_PACKET own;
    NDIS_HANDLE pool;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocatePacketPool(&status, &pool, 2, RESERVED);
    NdisAllocatePacket(&status, &upper, pool);
    NdisAllocatePacket(&status, &own, pool);
    if (upper == NULL || own == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DbgPrint("out-of-band data at %u\n", (ULONG)((PUCHAR)NDIS_OOB_DATA_FROM_PACKET(upper) - (PUCHAR)upper));

    NDIS_SET_PACKET_HEADER_SIZE(upper, 14);
    NDIS_SET_PACKET_STATUS(upper, NDIS_STATUS_PENDING);
    NDIS_SET_PACKET_TIME_TO_SEND(upper, 0x1234567890ULL);
    NDIS_SET_PACKET_TIME_RECEIVED(upper, 0xFFFFFFFF00000001ULL);
    NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO(upper, (PVOID)MediaInfo, sizeof(MediaInfo));
    NDIS_PER_PACKET_INFO_FROM_PACKET(upper, Ieee8021QInfo) = UlongToPtr(0x64);
    NDIS_PER_PACKET_INFO_FROM_PACKET(upper, TcpIpChecksumPacketInfo) = UlongToPtr(0x5);
    NDIS_SET_PACKET_CANCEL_ID(upper, UlongToPtr(0x77));
    NdisSetPacketFlags(upper, NDIS_FLAGS_DONT_LOOPBACK | NDIS_FLAGS_MULTICAST_PACKET);
    NdisClearPacketFlags(upper, NDIS_FLAGS_MULTICAST_PACKET);
    Print("upper", upper);

    NdisIMCopySendPerPacketInfo(own, upper);
    NDIS_SET_ORIGINAL_PACKET(own, upper);
    NdisGetPacketFlags(own) = NdisGetPacketFlags(upper) | NDIS_FLAGS_USES_ORIGINAL_PACKET;
    Print("own", own);
    DbgPrint("original is the upper one: %s\n", NDIS_GET_ORIGINAL_PACKET(own) == upper ? "yes" : "no");

    NDIS_SET_PACKET_TIME_SENT(own, 7);
    NDIS_SET_ORIGINAL_PACKET(own, NULL);
    NDIS_PER_PACKET_INFO_FROM_PACKET(own, TcpIpChecksumPacketInfo) = UlongToPtr(0x6);
    NdisIMCopySendCompletePerPacketInfo(upper, own);
    NDIS_SET_PACKET_STATUS(upper, NDIS_STATUS_SUCCESS);
    DbgPrint("sent at %u, which is where it was to be sent: %u\n", (ULONG)NDIS_GET_PACKET_TIME_SENT(own),
             (ULONG)NDIS_GET_PACKET_TIME_TO_SEND(own));
    Print("done", upper);
    DbgPrint("no indication, no packet: %s\n", NdisGetReceivedPacket(NULL, NULL) == NULL ? "NULL" : "there");

    NdisFreePacket(own);
    NdisFreePacket(upper);
    NdisFreePacketPool(pool);
    return STATUS_SUCCESS;
}

/* prints
out-of-band data at 64
upper: header 14, status 0x00000103, flags 0x80
upper: to send 1234567890, received ffffffff00000001
upper: media specific array, 8 bytes
upper: 802.1Q 64, checksum 5, cancel id 77, original NULL
own: header 0, status 0x00000000, flags 0x4080
own: to send 000000000, received 000000000
own: media specific NULL, 0 bytes
own: 802.1Q 64, checksum 5, cancel id 77, original there
original is the upper one: yes
sent at 7, which is where it was to be sent: 7
done: header 14, status 0x00000000, flags 0x80
done: to send 1234567890, received ffffffff00000001
done: media specific array, 8 bytes
done: 802.1Q 64, checksum 6, cancel id 77, original NULL
no indication, no packet: NULL
*/
