#include <ndis.h>

/* Behind an Ethernet header of 14 bytes no address of IPv4 is aligned. */
#define SOURCE 26
#define DESTINATION 30
#define HEADERS_SIZE 34

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UCHAR frame[HEADERS_SIZE] = { 0 };
    ULONG source, destination;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisStoreUlong((PULONG)(frame + SOURCE), RtlUlongByteSwap(0xc0000201));
    NdisStoreUlong((PULONG)(frame + DESTINATION), RtlUlongByteSwap(0xc0000202));

    /* send it back: no value is needed in the order of this computer */
    NdisRetrieveUlong(&source, (PULONG)(frame + SOURCE));
    NdisRetrieveUlong(&destination, (PULONG)(frame + DESTINATION));
    NdisStoreUlong((PULONG)(frame + SOURCE), destination);
    NdisStoreUlong((PULONG)(frame + DESTINATION), source);
    DbgPrint("from %u.%u.%u.%u\n", frame[SOURCE], frame[SOURCE + 1], frame[SOURCE + 2], frame[SOURCE + 3]);
    DbgPrint("to 0x%08x\n", RtlUlongByteSwap(source));
    return STATUS_SUCCESS;
}
