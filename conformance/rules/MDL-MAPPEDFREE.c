/* An MDL is freed while the pages it describes are locked and mapped. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 512

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID block;
    PMDL mdl;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = ExAllocatePoolWithTag(PagedPool, BLOCK_SIZE, BLOCK_TAG);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    mdl = IoAllocateMdl(block, BLOCK_SIZE, FALSE, FALSE, NULL); /* allocated MDL-MAPPEDFREE */
    if (mdl != NULL) {
        MmProbeAndLockPages(mdl, KernelMode, IoModifyAccess);
        (VOID)MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
#ifndef MISTAKE
        MmUnlockPages(mdl);
#endif
        IoFreeMdl(mdl); /* at MDL-MAPPEDFREE */
    }
    ExFreePoolWithTag(block, BLOCK_TAG);
    return STATUS_SUCCESS;
}
