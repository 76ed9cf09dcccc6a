#include <ndis.h>

#define HEADER_SIZE 14
#define FRAME_SIZE 60

static const UCHAR Own[ETH_LENGTH_OF_ADDRESS] = { 0x02, 0x00, 0x5e, 0x10, 0x00, 0x01 };

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UCHAR frame[FRAME_SIZE];

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(frame, FRAME_SIZE);
    NdisFillMemory(frame, ETH_LENGTH_OF_ADDRESS, 0xff); /* to everybody; the length comes before the byte */
    NdisMoveMemory(frame + ETH_LENGTH_OF_ADDRESS, Own, ETH_LENGTH_OF_ADDRESS);
    DbgPrint("from us: %s\n", NdisEqualMemory(frame + ETH_LENGTH_OF_ADDRESS, Own, ETH_LENGTH_OF_ADDRESS) ? "yes" : "no");
    DbgPrint("to us: %s\n", NdisEqualMemory(frame, Own, ETH_LENGTH_OF_ADDRESS) ? "yes" : "no");
    DbgPrint("padding of %02x\n", frame[HEADER_SIZE]);
    return STATUS_SUCCESS;
}
