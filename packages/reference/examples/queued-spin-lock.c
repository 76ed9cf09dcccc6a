#include <ndis.h>

static KSPIN_LOCK Lock;
static ULONG Frames;

/* Called at DISPATCH_LEVEL. */
static VOID CountFrame(VOID)
{
    KLOCK_QUEUE_HANDLE handle;

    KeAcquireInStackQueuedSpinLockAtDpcLevel(&Lock, &handle);
    Frames++;
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KLOCK_QUEUE_HANDLE handle;
    KSPIN_LOCK_QUEUE *place = &handle.LockQueue;
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeInitializeSpinLock(&Lock);
    KeAcquireInStackQueuedSpinLock(&Lock, &handle);
    Frames++;
    DbgPrint("IRQL %u, %u kept; the handle knows the lock: %s\n", KeGetCurrentIrql(), handle.OldIrql,
             place->Lock == &Lock ? "yes" : "no");
    KeReleaseInStackQueuedSpinLock(&handle);

    KeRaiseIrql(DISPATCH_LEVEL, &old);
    CountFrame();
    KeLowerIrql(old);
    DbgPrint("IRQL %u, %u frames\n", KeGetCurrentIrql(), Frames);
    return STATUS_SUCCESS;
}
