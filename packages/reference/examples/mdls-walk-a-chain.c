#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR buffer;
    PMDL header, payload, mdl;
    UINT pages;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    buffer = NdisAllocateMemoryWithTagPriority(NULL, 2 * PAGE_SIZE, TAG, NormalPoolPriority);
    if (buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    /* blocks of a page and more start with a page */
    header = NdisAllocateMdl(NULL, buffer, 14);
    payload = NdisAllocateMdl(NULL, buffer + PAGE_SIZE - 100, 200);
    if (header != NULL && payload != NULL) {
        NDIS_MDL_LINKAGE(header) = payload;
        mdl = header;
        while (mdl != NULL) {
            NdisGetMdlPhysicalArraySize(mdl, &pages);
            DbgPrint("%u bytes in %u pages, or %u\n", MmGetMdlByteCount(mdl), pages, NDIS_MDL_TO_SPAN_PAGES(mdl));
            NdisGetNextMdl(mdl, &mdl);
        }
    }
    if (payload != NULL) {
        NdisFreeMdl(payload);
    }
    if (header != NULL) {
        NdisFreeMdl(header);
    }
    NdisFreeMemory(buffer, 0, 0);
    return STATUS_SUCCESS;
}
