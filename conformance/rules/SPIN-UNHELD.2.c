/* A shared lock is to be converted after it was released. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static EX_SPIN_LOCK Lock;
static ULONG Generation;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL irql, old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    irql = KeRaiseIrqlToDpcLevel();
    old = ExAcquireSpinLockShared(&Lock);
#ifdef MISTAKE
    ExReleaseSpinLockShared(&Lock, old);
#endif
    if (ExTryConvertSharedSpinLockExclusive(&Lock)) { /* at SPIN-UNHELD */
        Generation++;
        ExReleaseSpinLockExclusive(&Lock, old);
    }
    KeLowerIrql(irql);
    return STATUS_SUCCESS;
}
