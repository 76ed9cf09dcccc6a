/* A lock taken at DPC level is released by the function that lowers the IRQL. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static KSPIN_LOCK Lock;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeInitializeSpinLock(&Lock);
    old = KeRaiseIrqlToDpcLevel();
    KeAcquireSpinLockAtDpcLevel(&Lock);
#ifdef MISTAKE
    KeReleaseSpinLock(&Lock, old); /* at SPIN-MIX */
#else
    KeReleaseSpinLockFromDpcLevel(&Lock);
#endif
    KeLowerIrql(old);
    return STATUS_SUCCESS;
}
