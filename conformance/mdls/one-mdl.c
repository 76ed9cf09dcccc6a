/* One MDL from allocation to free, asked for everything it knows. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 10000

static VOID Print(PCSTR What, PMDL Mdl)
{
    PUCHAR address;
    UINT length;
    UINT offset;
    UINT pages;

    NdisQueryMdl(Mdl, (PVOID *)&address, &length, NormalPagePriority);
    NdisQueryMdlOffset(Mdl, &offset, &length);
    NdisGetMdlPhysicalArraySize(Mdl, &pages);
    DbgPrint("%s: %u bytes from offset %u of a page, %u pages, first byte %02x\n", What, length, offset, pages,
             length == 0 ? 0 : *address);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR block;
    PMDL first;
    PMDL second;
    PMDL next;
    UINT length;
    ULONG index;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (index = 0; index < BLOCK_SIZE; index++) {
        block[index] = (UCHAR)(index >> 4);
    }
    first = NdisAllocateMdl(NULL, block + 4000, 5000);
    second = NdisAllocateMdl(NULL, block + 100, 0);
    if (first == NULL || second == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Print("made", first);
    Print("empty", second);
    DbgPrint("the macros agree: %s\n",
             MmGetMdlVirtualAddress(first) == block + 4000 && MmGetMdlByteCount(first) == 5000 &&
                     MmGetMdlByteOffset(first) == BYTE_OFFSET(block + 4000) &&
                     MmGetMdlBaseVa(first) == PAGE_ALIGN(block + 4000) && NDIS_MDL_TO_SPAN_PAGES(first) == 3 &&
                     MmGetSystemAddressForMdlSafe(first, NormalPagePriority) == block + 4000 &&
                     MmGetSystemAddressForMdl(first) == block + 4000
                 ? "yes"
                 : "no");
    DbgPrint("page numbers in a row: %s\n",
             MmGetMdlPfnArray(first)[1] == MmGetMdlPfnArray(first)[0] + 1 &&
                     MmGetMdlPfnArray(first)[2] == MmGetMdlPfnArray(first)[0] + 2
                 ? "yes"
                 : "no");

    NDIS_MDL_LINKAGE(first) = second;
    NdisGetNextMdl(first, &next);
    DbgPrint("linked: %s\n", next == second ? "yes" : "no");
    NdisGetNextMdl(second, &next);
    DbgPrint("the end: %s\n", next == NULL ? "yes" : "no");

    NdisQueryMdl(first, NULL, &length, NormalPagePriority);
    NdisAdjustMdlLength(first, 60);
    Print("adjusted", first);
    NdisAdjustMdlLength(first, length);
    Print("restored", first);

    NdisFreeMdl(first);
    NdisFreeMdl(second);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}

/* prints
made: 5000 bytes from offset 4000 of a page, 3 pages, first byte fa
empty: 0 bytes from offset 100 of a page, 1 pages, first byte 00
the macros agree: yes
page numbers in a row: yes
linked: yes
the end: yes
adjusted: 60 bytes from offset 4000 of a page, 1 pages, first byte fa
restored: 5000 bytes from offset 4000 of a page, 3 pages, first byte fa
*/
