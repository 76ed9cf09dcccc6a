#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR buffer;
    PMDL mdl;
    SIZE_T size;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    buffer = ExAllocatePoolWithTag(NonPagedPoolNx, 2 * PAGE_SIZE, TAG);
    if (buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    size = MmSizeOfMdl(buffer + 100, PAGE_SIZE);
    mdl = ExAllocatePoolWithTag(NonPagedPoolNx, size, TAG);
    if (mdl != NULL) {
        MmInitializeMdl(mdl, buffer + 100, PAGE_SIZE);
        MmBuildMdlForNonPagedPool(mdl);
        DbgPrint("%u bytes for an MDL of %u pages\n", (ULONG)size,
                 ADDRESS_AND_SIZE_TO_SPAN_PAGES(buffer + 100, PAGE_SIZE));
        DbgPrint("it starts in the first page of the buffer: %s\n", MmGetMdlBaseVa(mdl) == buffer ? "yes" : "no");
        DbgPrint("the second page comes after it: %s\n",
                 MmGetMdlPfnArray(mdl)[1] == MmGetMdlPfnArray(mdl)[0] + 1 ? "yes" : "no");
        ExFreePoolWithTag(mdl, TAG);
    }
    ExFreePoolWithTag(buffer, TAG);
    return STATUS_SUCCESS;
}
