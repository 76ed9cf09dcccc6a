#include <ndis.h>

static KSPIN_LOCK Lock;
static ULONG Count;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeInitializeSpinLock(&Lock);
    KeAcquireSpinLock(&Lock, &old);
    Count++;
    DbgPrint("IRQL %u, before %u, free %u\n", KeGetCurrentIrql(), old, KeTestSpinLock(&Lock));
    KeReleaseSpinLock(&Lock, old);
    DbgPrint("IRQL %u, free %u\n", KeGetCurrentIrql(), KeTestSpinLock(&Lock));

    /* The same by its other names. */
    old = KeAcquireSpinLockRaiseToDpc(&Lock);
    Count++;
    KeReleaseSpinLock(&Lock, old);
    old = KfAcquireSpinLock(&Lock);
    Count++;
    KeReleaseSpinLock(&Lock, old);
    DbgPrint("counted %u\n", Count);
    return STATUS_SUCCESS;
}
