#include <ndis.h>

static KSPIN_LOCK Lock;
static ULONG Done, PutOff;

/* Called at DISPATCH_LEVEL. */
static VOID WorkOrPutOff(VOID)
{
    if (KeTryToAcquireSpinLockAtDpcLevel(&Lock)) {
        Done++;
        KeReleaseSpinLockFromDpcLevel(&Lock);
    } else {
        PutOff++;
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeInitializeSpinLock(&Lock);
    old = KeRaiseIrqlToDpcLevel();
    KeAcquireSpinLockAtDpcLevel(&Lock);
    WorkOrPutOff();
    KeReleaseSpinLockFromDpcLevel(&Lock);
    WorkOrPutOff();
    DbgPrint("IRQL %u: %u done, %u put off\n", KeGetCurrentIrql(), Done, PutOff);
    KeLowerIrql(old);
    return STATUS_SUCCESS;
}
