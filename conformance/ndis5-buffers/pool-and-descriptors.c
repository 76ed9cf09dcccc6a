/* A ring of receive buffers, one descriptor each, in a pool that has as many and not one more. */
#include <ndis.h>

#define RING_TAG 'gniR'
#define ENTRIES 3
#define ENTRY_SIZE 1514

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_BUFFER entries[ENTRIES + 1];
    PNDIS_BUFFER next;
    NDIS_HANDLE pool;
    NDIS_STATUS status;
    PUCHAR ring;
    UINT length;
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    ring = NdisAllocateMemoryWithTagPriority(NULL, ENTRIES * ENTRY_SIZE, RING_TAG, NormalPoolPriority);
    if (ring == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &pool, ENTRIES); /* allocated POOL-EXHAUST */
    DbgPrint("pool: 0x%08x, handle %s\n", status, pool == NULL ? "NULL" : "there");
    for (i = 0; i <= ENTRIES; i++) {
        NdisAllocateBuffer(&status, &entries[i], pool, ring + (i % ENTRIES) * ENTRY_SIZE, ENTRY_SIZE); /* at POOL-EXHAUST */
        DbgPrint("entry %u: 0x%08x, descriptor %s\n", i, status, entries[i] == NULL ? "NULL" : "there");
    }

    NdisAdjustBufferLength(entries[1], 60);
    NdisQueryBuffer(entries[1], NULL, &length);
    DbgPrint("cut to %u\n", length);
    NdisAdjustBufferLength(entries[1], ENTRY_SIZE);

    NDIS_BUFFER_LINKAGE(entries[0]) = entries[1];
    NdisGetNextBuffer(entries[0], &next);
    DbgPrint("next of the first is the second: %s\n", next == entries[1] ? "yes" : "no");
    NdisFreeBuffer(entries[0]);
    NdisGetNextBuffer(entries[1], &next);
    DbgPrint("next of the second: %s\n", next == NULL ? "NULL" : "there");

    NdisAllocateBuffer(&status, &entries[0], pool, ring, ENTRY_SIZE);
    DbgPrint("again: 0x%08x\n", status);
    for (i = 0; i < ENTRIES; i++) {
        NdisFreeBuffer(entries[i]);
    }
    NdisFreeBufferPool(pool);
    NdisFreeMemory(ring, 0, 0);
    return STATUS_SUCCESS;
}

/* prints
pool: 0x00000000, handle there
entry 0: 0x00000000, descriptor there
entry 1: 0x00000000, descriptor there
entry 2: 0x00000000, descriptor there
entry 3: 0xc0000001, descriptor NULL
cut to 60
next of the first is the second: yes
next of the second: NULL
again: 0x00000000
*/
