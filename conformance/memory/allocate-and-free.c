/* NDIS's own functions for memory: each way to allocate with the way to free that belongs to it. */
#include <ndis.h>

#define MEMORY_TAG 'yrmM'
#define SIZE 100

DRIVER_INITIALIZE DriverEntry;

/* Writes every byte of a block, up to the last one. */
static VOID Use(PCSTR What, PVOID Block)
{
    NdisFillMemory(Block, SIZE, 0x5a);
    DbgPrint("%s: %s, last byte %02x\n", What, ((ULONG_PTR)Block & 7) == 0 ? "aligned" : "not aligned",
             ((PUCHAR)Block)[SIZE - 1]);
}

static VOID ByFlags(UINT Flags)
{
    NDIS_PHYSICAL_ADDRESS highest = NDIS_PHYSICAL_ADDRESS_CONST(-1, -1);
    PVOID block = (PVOID)1;
    NDIS_STATUS status;

    status = NdisAllocateMemory(&block, SIZE, Flags, highest);
    DbgPrint("flags %u: status 0x%08x%s\n", Flags, status, block == NULL ? ", NULL" : "");
    if (status == NDIS_STATUS_SUCCESS) {
        Use("flags", block);
        NdisFreeMemory(block, SIZE, Flags);
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID block;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    ByFlags(0);
    ByFlags(NDIS_MEMORY_CONTIGUOUS);
    ByFlags(NDIS_MEMORY_NONCACHED);
    ByFlags(4);

    if (NdisAllocateMemoryWithTag(&block, SIZE, MEMORY_TAG) == NDIS_STATUS_SUCCESS) {
        Use("with tag", block);
        NdisFreeMemoryWithTag(block, MEMORY_TAG);
    }
    block = NdisAllocateMemoryWithTagPriority(DriverObject, SIZE, MEMORY_TAG, LowPoolPriority);
    if (block != NULL) {
        Use("with tag and priority", block);
        NdisFreeMemoryWithTagPriority(DriverObject, block, MEMORY_TAG);
    }
    /* More than there is. */
    DbgPrint("2 GiB: 0x%08x\n", NdisAllocateMemoryWithTag(&block, 0x80000000, MEMORY_TAG));
    DbgPrint("then %s\n", block == NULL ? "NULL" : "something");
    return STATUS_SUCCESS;
}

/* prints
flags 0: status 0x00000000
flags: aligned, last byte 5a
flags 1: status 0x00000000
flags: aligned, last byte 5a
flags 2: status 0x00000000
flags: aligned, last byte 5a
flags 4: status 0xc0000001, NULL
with tag: aligned, last byte 5a
with tag and priority: aligned, last byte 5a
2 GiB: 0xc0000001
then NULL
*/
