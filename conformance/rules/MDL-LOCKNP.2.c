/* Pages are unlocked on the error path and again by the common way out. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 512
#define TOO_MANY_BYTES 0x7fffffff

DRIVER_INITIALIZE DriverEntry;

/* Copies what the MDL describes, if there is memory. */
static VOID CopyBlock(PMDL Mdl, SIZE_T Size)
{
    PVOID copy;

    MmProbeAndLockPages(Mdl, KernelMode, IoReadAccess);
    copy = ExAllocatePoolWithTag(NonPagedPoolNx, Size, BLOCK_TAG);
    if (copy == NULL) {
#ifdef MISTAKE
        MmUnlockPages(Mdl);
#endif
        goto exit;
    }
    ExFreePoolWithTag(copy, BLOCK_TAG);
exit:
    MmUnlockPages(Mdl); /* at MDL-LOCKNP */
}

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
    mdl = IoAllocateMdl(block, BLOCK_SIZE, FALSE, FALSE, NULL); /* allocated MDL-LOCKNP */
    if (mdl != NULL) {
        CopyBlock(mdl, TOO_MANY_BYTES);
        IoFreeMdl(mdl);
    }
    ExFreePoolWithTag(block, BLOCK_TAG);
    return STATUS_SUCCESS;
}
