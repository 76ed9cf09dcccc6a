/* Counters that more than one processor may touch. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_SPIN_LOCK ndisLock;
    KSPIN_LOCK lock;
    LARGE_INTEGER statistic;
    LONG count = 0;
    ULONG sum = 0xfffffffe;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&ndisLock);
    KeInitializeSpinLock(&lock);

    DbgPrint("increment %d, %d\n", NdisInterlockedIncrement(&count), NdisInterlockedIncrement(&count));
    DbgPrint("decrement %d\n", NdisInterlockedDecrement(&count));
    count = MAXLONG;
    DbgPrint("beyond the largest %d\n", NdisInterlockedIncrement(&count));

    DbgPrint("added to %u", NdisInterlockedAddUlong(&sum, 3, &ndisLock));
    DbgPrint(", to %u", ExInterlockedAddUlong(&sum, 9, &lock));
    DbgPrint(": %u\n", sum);

    statistic.QuadPart = 0xfffffffe;
    NdisInterlockedAddLargeStatistic(&statistic, 1);
    DbgPrint("statistic 0x%I64x", statistic.QuadPart);
    ExInterlockedAddLargeStatistic(&statistic, 0xffffffff);
    DbgPrint(", 0x%I64x\n", statistic.QuadPart);
    DbgPrint("IRQL %u\n", NDIS_CURRENT_IRQL());
    NdisFreeSpinLock(&ndisLock);
    return STATUS_SUCCESS;
}

/* prints
increment 1, 2
decrement 1
beyond the largest -2147483648
added to 4294967294, to 1: 10
statistic 0xffffffff, 0x1fffffffe
IRQL 0
*/
