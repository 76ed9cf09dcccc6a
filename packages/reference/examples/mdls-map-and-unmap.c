#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR buffer, data;
    PMDL mdl;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    buffer = ExAllocatePoolWithTag(PagedPool, 100, TAG);
    if (buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    mdl = IoAllocateMdl(buffer, 100, FALSE, FALSE, NULL);
    if (mdl != NULL) {
        buffer[0] = 0x42;
        MmProbeAndLockPages(mdl, KernelMode, IoModifyAccess);
        DbgPrint("locked: 0x%04x\n", mdl->MdlFlags);
        data = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority);
        if (data != NULL) {
            DbgPrint("mapped: 0x%04x, %02x\n", mdl->MdlFlags, data[0]);
            MmUnmapLockedPages(data, mdl);
            DbgPrint("unmapped: 0x%04x\n", mdl->MdlFlags);
        }
        /* the old forms: on Windows the machine stops when they fail */
        data = MmMapLockedPages(mdl, KernelMode);
        DbgPrint("mapped again: %02x, by the macro: %s\n", data[0],
                 MmGetSystemAddressForMdl(mdl) == data ? "the same" : "another");
        MmUnlockPages(mdl);
        DbgPrint("unlocked, and with that unmapped: 0x%04x\n", mdl->MdlFlags);
        IoFreeMdl(mdl);
    }
    ExFreePoolWithTag(buffer, TAG);
    return STATUS_SUCCESS;
}
