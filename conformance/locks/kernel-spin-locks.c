/* The kernel's spin locks: the same word, taken in every form, with the IRQL of before kept in different places. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static KSPIN_LOCK Lock;
static KSPIN_LOCK Other;
static KSPIN_LOCK QueuedLock; /* a lock is taken either queued or not */

static VOID Show(PCSTR What)
{
    DbgPrint("%s: IRQL %u, %s\n", What, KeGetCurrentIrql(), KeTestSpinLock(&Lock) ? "free" : "held");
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KLOCK_QUEUE_HANDLE handle;
    KIRQL old, oldOther;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeInitializeSpinLock(&Lock);
    KeInitializeSpinLock(&Other);
    KeInitializeSpinLock(&QueuedLock);
    Show("fresh");

    KeAcquireSpinLock(&Lock, &old);
    Show("acquired");
    KeReleaseSpinLock(&Lock, old);
    old = KeAcquireSpinLockRaiseToDpc(&Lock);
    KeReleaseSpinLock(&Lock, old);
    old = KfAcquireSpinLock(&Lock);
    KeReleaseSpinLock(&Lock, old);
    Show("released");

    KeAcquireInStackQueuedSpinLock(&QueuedLock, &handle);
    DbgPrint("queued: IRQL %u, %s\n", KeGetCurrentIrql(), KeTestSpinLock(&QueuedLock) ? "free" : "held");
    KeReleaseInStackQueuedSpinLock(&handle);
    DbgPrint("released: IRQL %u, %s\n", KeGetCurrentIrql(), KeTestSpinLock(&QueuedLock) ? "free" : "held");

    old = KeRaiseIrqlToDpcLevel();
    KeAcquireSpinLockAtDpcLevel(&Lock);
    Show("at DPC level");
    DbgPrint("tried while held: %u\n", KeTryToAcquireSpinLockAtDpcLevel(&Lock));
    KeReleaseSpinLockFromDpcLevel(&Lock);
    DbgPrint("tried while free: %u\n", KeTryToAcquireSpinLockAtDpcLevel(&Lock));
    KeReleaseSpinLockFromDpcLevel(&Lock);
    KeAcquireInStackQueuedSpinLockAtDpcLevel(&QueuedLock, &handle);
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
    Show("released");
    KeLowerIrql(old);

    /* Hand over hand: the IRQL of before is passed on to the release of the other lock. */
    KeAcquireSpinLock(&Lock, &old);
    KeAcquireSpinLock(&Other, &oldOther);
    KeReleaseSpinLock(&Lock, oldOther);
    Show("hand over hand");
    KeReleaseSpinLock(&Other, old);
    Show("done");
    return STATUS_SUCCESS;
}

/* prints
fresh: IRQL 0, free
acquired: IRQL 2, held
released: IRQL 0, free
queued: IRQL 2, held
released: IRQL 0, free
at DPC level: IRQL 2, held
tried while held: 0
tried while free: 1
released: IRQL 2, free
hand over hand: IRQL 2, free
done: IRQL 0, free
*/
