#include <ndis.h>

static NDIS_RW_LOCK Lock;
static ULONG Generation;

/* Called at DISPATCH_LEVEL only. */
static ULONG ReadAtDispatch(VOID)
{
    LOCK_STATE state;
    ULONG generation;

    NdisDprAcquireReadWriteLock(&Lock, FALSE, &state);
    generation = Generation;
    NdisDprReleaseReadWriteLock(&Lock, &state);
    return generation;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LOCK_STATE state;
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisInitializeReadWriteLock(&Lock);
    NdisAcquireReadWriteLock(&Lock, TRUE, &state);
    Generation++;
    DbgPrint("written at IRQL %u\n", KeGetCurrentIrql());
    NdisReleaseReadWriteLock(&Lock, &state);

    NDIS_RAISE_IRQL_TO_DISPATCH(&old);
    DbgPrint("read: %u\n", ReadAtDispatch());
    NDIS_LOWER_IRQL(old, DISPATCH_LEVEL);
    DbgPrint("%u bytes, %u for each processor\n", (ULONG)sizeof(Lock), (ULONG)sizeof(NDIS_RW_LOCK_REFCOUNT));
    return STATUS_SUCCESS;
}
