/* A function that takes a lock calls another that takes it too. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_SPIN_LOCK StatisticsLock;
static ULONG FramesSent;
static ULONG BytesSent;

static VOID CountFrame(ULONG Length)
{
#ifdef MISTAKE
    NdisAcquireSpinLock(&StatisticsLock); /* at SPIN-RECUR */
#endif
    FramesSent++;
    BytesSent += Length;
#ifdef MISTAKE
    NdisReleaseSpinLock(&StatisticsLock);
#endif
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&StatisticsLock);
    NdisAcquireSpinLock(&StatisticsLock);
    FramesSent = 0;
    BytesSent = 0;
    CountFrame(60);
    NdisReleaseSpinLock(&StatisticsLock);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    DbgPrint("%u frames, %u bytes\n", FramesSent, BytesSent);
    NdisFreeSpinLock(&StatisticsLock);
}
