#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR buffer;
    PMDL mdl;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    buffer = ExAllocatePoolWithTag(NonPagedPoolNx, 5000, TAG);
    if (buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    mdl = IoAllocateMdl(buffer + 10, 4990, FALSE, FALSE, NULL);
    if (mdl != NULL) {
        DbgPrint("flags 0x%04x: a range and no pages\n", mdl->MdlFlags);
        MmBuildMdlForNonPagedPool(mdl);
        DbgPrint("flags 0x%04x: its pages are in\n", mdl->MdlFlags);
        DbgPrint("%u bytes from byte %u of a page on\n", MmGetMdlByteCount(mdl), MmGetMdlByteOffset(mdl));
        DbgPrint("the same address: %s\n", MmGetMdlVirtualAddress(mdl) == buffer + 10 ? "yes" : "no");
        IoFreeMdl(mdl);
    }
    ExFreePoolWithTag(buffer, TAG);
    return STATUS_SUCCESS;
}
