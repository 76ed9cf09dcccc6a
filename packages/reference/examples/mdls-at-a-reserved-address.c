#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR buffer, data;
    PVOID range;
    PMDL mdl;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    /* reserved early, so that later nothing can fail */
    range = MmAllocateMappingAddress(2 * PAGE_SIZE, TAG);
    buffer = ExAllocatePoolWithTag(PagedPool, 100, TAG);
    mdl = IoAllocateMdl(buffer, 100, FALSE, FALSE, NULL);
    if (range != NULL && buffer != NULL && mdl != NULL) {
        buffer[0] = 0x42;
        MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
        data = MmMapLockedPagesWithReservedMapping(range, TAG, mdl, MmCached);
        if (data != NULL) {
            DbgPrint("mapped: %02x\n", data[0]);
            DbgPrint("a second MDL there: %s\n",
                     MmMapLockedPagesWithReservedMapping(range, TAG, mdl, MmCached) == NULL ? "NULL" : "mapped");
            MmUnmapReservedMapping(range, TAG, mdl);
        }
        MmUnlockPages(mdl);
    }
    if (mdl != NULL) {
        IoFreeMdl(mdl);
    }
    if (buffer != NULL) {
        ExFreePoolWithTag(buffer, TAG);
    }
    if (range != NULL) {
        MmFreeMappingAddress(range, TAG);
    }
    return STATUS_SUCCESS;
}
