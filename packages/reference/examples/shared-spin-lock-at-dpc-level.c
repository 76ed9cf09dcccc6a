#include <ndis.h>

static EX_SPIN_LOCK Lock; /* a global: zeroed, and so free */
static ULONG LinkSpeed;

/* Both are called at DISPATCH_LEVEL only. */
static VOID SetLinkSpeed(ULONG Speed)
{
    ExAcquireSpinLockExclusiveAtDpcLevel(&Lock);
    LinkSpeed = Speed;
    ExReleaseSpinLockExclusiveFromDpcLevel(&Lock);
}

static ULONG GetLinkSpeed(VOID)
{
    ULONG speed;

    ExAcquireSpinLockSharedAtDpcLevel(&Lock);
    speed = LinkSpeed;
    ExReleaseSpinLockSharedFromDpcLevel(&Lock);
    return speed;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeRaiseIrql(DISPATCH_LEVEL, &old);
    SetLinkSpeed(1000);
    DbgPrint("%u Mbit/s, IRQL %u\n", GetLinkSpeed(), KeGetCurrentIrql());
    KeLowerIrql(old);
    return STATUS_SUCCESS;
}
