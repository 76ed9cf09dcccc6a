/* A mutex is taken under a spin lock, where nobody may wait. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static NDIS_SPIN_LOCK Lock;
static FAST_MUTEX Mutex;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&Lock);
    ExInitializeFastMutex(&Mutex);
#ifdef MISTAKE
    NdisAcquireSpinLock(&Lock);
    if (ExTryToAcquireFastMutex(&Mutex)) { /* at SPIN-IRQL-ACQ */
        ExReleaseFastMutex(&Mutex);
    }
#else
    if (ExTryToAcquireFastMutex(&Mutex)) {
        ExReleaseFastMutex(&Mutex);
    }
    NdisAcquireSpinLock(&Lock);
#endif
    NdisReleaseSpinLock(&Lock);
    NdisFreeSpinLock(&Lock);
    return STATUS_SUCCESS;
}
