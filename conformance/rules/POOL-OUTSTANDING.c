/* The loop that empties a ring stops one entry too early, and its pool goes all the same. */
#include <ndis.h>

#define RING_TAG 'gniR'
#define RING_ENTRIES 8
#define ENTRY_SIZE 256

#ifdef MISTAKE
#define FIRST_ENTRY 1
#else
#define FIRST_ENTRY 0
#endif

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE RingPool;
static PUCHAR Ring;
static PNDIS_BUFFER Entries[RING_ENTRIES];
static ULONG EntryCount;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Ring = NdisAllocateMemoryWithTagPriority(NULL, RING_ENTRIES * ENTRY_SIZE, RING_TAG, NormalPoolPriority);
    if (Ring == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &RingPool, RING_ENTRIES);
    while (EntryCount < RING_ENTRIES) {
        NdisAllocateBuffer(&status, &Entries[EntryCount], RingPool, /* allocated POOL-OUTSTANDING */
                           Ring + EntryCount * ENTRY_SIZE, ENTRY_SIZE);
        if (status != NDIS_STATUS_SUCCESS) {
            break;
        }
        EntryCount++;
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    while (EntryCount > FIRST_ENTRY) {
        NdisFreeBuffer(Entries[--EntryCount]);
    }
    NdisFreeBufferPool(RingPool); /* at POOL-OUTSTANDING */
    NdisFreeMemory(Ring, 0, 0);
}
