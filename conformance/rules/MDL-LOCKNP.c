/* Nonpaged memory is locked, though an MDL that was built for it needs no lock. */
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

    block = ExAllocatePoolWithTag(NonPagedPoolNx, BLOCK_SIZE, BLOCK_TAG);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    mdl = IoAllocateMdl(block, BLOCK_SIZE, FALSE, FALSE, NULL); /* allocated MDL-LOCKNP */
    if (mdl != NULL) {
        MmBuildMdlForNonPagedPool(mdl);
#ifdef MISTAKE
        MmProbeAndLockPages(mdl, KernelMode, IoWriteAccess); /* at MDL-LOCKNP */
#endif
        IoFreeMdl(mdl);
    }
    ExFreePoolWithTag(block, BLOCK_TAG);
    return STATUS_SUCCESS;
}
