/* Paged memory is described as if it could never leave, instead of being locked. */
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
    mdl = IoAllocateMdl(block, BLOCK_SIZE, FALSE, FALSE, NULL); /* allocated MDL-BUILDPAGED */
    if (mdl != NULL) {
#ifdef MISTAKE
        MmBuildMdlForNonPagedPool(mdl); /* at MDL-BUILDPAGED */
#else
        MmProbeAndLockPages(mdl, KernelMode, IoReadAccess);
        MmUnlockPages(mdl);
#endif
        IoFreeMdl(mdl);
    }
    ExFreePoolWithTag(block, BLOCK_TAG);
    return STATUS_SUCCESS;
}
