#include <ndis.h>

#define PORTS 4

static PNDIS_RW_LOCK_EX Lock;
static USHORT Allowed[PORTS];
static ULONG Count;

static BOOLEAN IsAllowed(USHORT Port)
{
    LOCK_STATE_EX state;
    BOOLEAN found = FALSE;
    ULONG i;

    NdisAcquireRWLockRead(Lock, &state, 0);
    for (i = 0; i < Count && !found; i++) {
        found = Allowed[i] == Port;
    }
    NdisReleaseRWLock(Lock, &state);
    return found;
}

static BOOLEAN Allow(USHORT Port)
{
    LOCK_STATE_EX state;
    BOOLEAN fits;

    NdisAcquireRWLockWrite(Lock, &state, 0);
    fits = Count < PORTS;
    if (fits) {
        Allowed[Count++] = Port;
    }
    NdisReleaseRWLock(Lock, &state);
    return fits;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    Lock = NdisAllocateRWLock(NULL); /* in DriverEntry there is no handle yet */
    if (Lock == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DbgPrint("443 allowed: %u\n", IsAllowed(443));
    DbgPrint("added: %u\n", Allow(443));
    DbgPrint("443 allowed: %u, IRQL %u\n", IsAllowed(443), KeGetCurrentIrql());
    NdisFreeRWLock(Lock);
    return STATUS_SUCCESS;
}
