/* The pool of a receive ring has one descriptor less than the ring has entries. */
#include <ndis.h>

#define RING_TAG 'gniR'
#define RING_ENTRIES 32
#define ENTRY_SIZE 1514

#ifdef MISTAKE
#define DESCRIPTORS (RING_ENTRIES - 1)
#else
#define DESCRIPTORS RING_ENTRIES
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
    NdisAllocateBufferPool(&status, &RingPool, DESCRIPTORS); /* allocated POOL-EXHAUST */
    while (EntryCount < RING_ENTRIES) {
        NdisAllocateBuffer(&status, &Entries[EntryCount], RingPool, /* at POOL-EXHAUST */
                           Ring + EntryCount * ENTRY_SIZE, ENTRY_SIZE);
        if (status != NDIS_STATUS_SUCCESS) {
            break;
        }
        EntryCount++;
    }
    DbgPrint("ring of %u entries\n", EntryCount);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    while (EntryCount > 0) {
        NdisFreeBuffer(Entries[--EntryCount]);
    }
    NdisFreeBufferPool(RingPool);
    NdisFreeMemory(Ring, 0, 0);
}
