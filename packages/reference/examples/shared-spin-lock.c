#include <ndis.h>

static EX_SPIN_LOCK Lock; /* a global: zeroed, and so free */
static ULONG Mtu = 1500;

static ULONG ReadMtu(VOID)
{
    KIRQL old = ExAcquireSpinLockShared(&Lock);
    ULONG mtu = Mtu;

    ExReleaseSpinLockShared(&Lock, old);
    return mtu;
}

static VOID WriteMtu(ULONG NewMtu)
{
    KIRQL old = ExAcquireSpinLockExclusive(&Lock);

    Mtu = NewMtu;
    ExReleaseSpinLockExclusive(&Lock, old);
}

/* FALSE when it must be tried again: others were reading. */
static BOOLEAN TryToRaiseMtu(ULONG Least)
{
    KIRQL old = ExAcquireSpinLockShared(&Lock);

    if (Mtu < Least) {
        if (!ExTryConvertSharedSpinLockExclusive(&Lock)) {
            ExReleaseSpinLockShared(&Lock, old);
            return FALSE;
        }
        Mtu = Least;
        ExReleaseSpinLockExclusive(&Lock, old);
    } else {
        ExReleaseSpinLockShared(&Lock, old);
    }
    return TRUE;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    DbgPrint("MTU %u\n", ReadMtu());
    WriteMtu(1400);
    DbgPrint("MTU %u\n", ReadMtu());
    DbgPrint("raised: %s", TryToRaiseMtu(9000) ? "yes" : "try again");
    DbgPrint(", MTU %u\n", ReadMtu());
    return STATUS_SUCCESS;
}
