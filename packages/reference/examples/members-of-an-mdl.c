#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR block, start;
    MDL *mdl;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, 4 * PAGE_SIZE, TAG, NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    /* 5000 bytes that begin 96 bytes before the end of a page */
    start = (PUCHAR)(((ULONG_PTR)block + PAGE_SIZE - 1) & ~(ULONG_PTR)(PAGE_SIZE - 1)) + PAGE_SIZE - 96;
    mdl = NdisAllocateMdl(NULL, start, 5000);
    if (mdl != NULL) {
        DbgPrint("%u bytes from byte %u of the first page on\n", mdl->ByteCount, mdl->ByteOffset);
        DbgPrint("%u pages: %u + 3 * 4 = %d bytes\n", NDIS_MDL_TO_SPAN_PAGES(mdl), sizeof(MDL), mdl->Size);
        DbgPrint("StartVa + ByteOffset is %s\n",
                 (PUCHAR)mdl->StartVa + mdl->ByteOffset == start ? "the start" : "something else");
        DbgPrint("nonpaged: %s, last of its chain: %s\n", mdl->MdlFlags & MDL_SOURCE_IS_NONPAGED_POOL ? "yes" : "no",
                 mdl->Next == NULL ? "yes" : "no");
        NdisFreeMdl(mdl);
    }
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
