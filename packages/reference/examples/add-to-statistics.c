#include <ndis.h>

static ULARGE_INTEGER BytesSent;
static LARGE_INTEGER BytesReceived;
static ULONG Frames;
static NDIS_SPIN_LOCK NdisLock;
static ULONG Errors;
static KSPIN_LOCK Lock;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG before;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    BytesSent.QuadPart = 0xFFFFFF00; /* the low half is about to overflow */
    NdisInterlockedAddLargeStatistic(&BytesSent, 1514);
    DbgPrint("sent 0x%x%08x\n", BytesSent.HighPart, BytesSent.LowPart);
    ExInterlockedAddLargeStatistic(&BytesReceived, 60);
    DbgPrint("received %u\n", BytesReceived.LowPart);

    NdisAllocateSpinLock(&NdisLock);
    before = NdisInterlockedAddUlong(&Frames, 2, &NdisLock);
    DbgPrint("frames %u, before %u\n", Frames, before);
    NdisFreeSpinLock(&NdisLock);
    KeInitializeSpinLock(&Lock);
    before = ExInterlockedAddUlong(&Errors, 1, &Lock);
    DbgPrint("errors %u, before %u\n", Errors, before);
    return STATUS_SUCCESS;
}
