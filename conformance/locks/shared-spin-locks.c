/* Spin locks that several may share: zeroed storage is a free one. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static EX_SPIN_LOCK Lock;

static VOID Show(PCSTR What)
{
    DbgPrint("%s: IRQL %u, %s\n", What, KeGetCurrentIrql(), Lock == 0 ? "free" : "held");
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL old, dispatch;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    old = ExAcquireSpinLockExclusive(&Lock);
    Show("exclusive");
    ExReleaseSpinLockExclusive(&Lock, old);
    old = ExAcquireSpinLockShared(&Lock);
    Show("shared");
    ExReleaseSpinLockShared(&Lock, old);
    Show("released");

    old = ExAcquireSpinLockShared(&Lock);
    DbgPrint("alone, and so exclusive: %u\n", ExTryConvertSharedSpinLockExclusive(&Lock) != 0);
    ExReleaseSpinLockExclusive(&Lock, old);

    KeRaiseIrql(DISPATCH_LEVEL, &dispatch);
    ExAcquireSpinLockExclusiveAtDpcLevel(&Lock);
    ExReleaseSpinLockExclusiveFromDpcLevel(&Lock);
    ExAcquireSpinLockSharedAtDpcLevel(&Lock);
    Show("at DPC level");
    ExReleaseSpinLockSharedFromDpcLevel(&Lock);
    Show("released");
    KeLowerIrql(dispatch);
    return STATUS_SUCCESS;
}

/* prints
exclusive: IRQL 2, held
shared: IRQL 2, held
released: IRQL 0, free
alone, and so exclusive: 1
at DPC level: IRQL 2, held
released: IRQL 2, free
*/
