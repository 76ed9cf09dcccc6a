/* A partial MDL takes away the mapping that it shares with its source. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 8192
#define PART_SIZE 1000

DRIVER_INITIALIZE DriverEntry;

static VOID UsePart(PMDL Source, PUCHAR Block)
{
    PMDL part = IoAllocateMdl(Block, PART_SIZE, FALSE, FALSE, NULL); /* allocated MDL-PARTUNLOCK */

    if (part == NULL) {
        return;
    }
    IoBuildPartialMdl(Source, part, Block, PART_SIZE);
#ifdef MISTAKE
    MmUnmapLockedPages(MmGetSystemAddressForMdlSafe(part, NormalPagePriority), part); /* at MDL-PARTUNLOCK */
#else
    MmPrepareMdlForReuse(part);
#endif
    IoFreeMdl(part);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID block;
    PMDL source;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = ExAllocatePoolWithTag(PagedPool, BLOCK_SIZE, BLOCK_TAG);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    source = IoAllocateMdl(block, BLOCK_SIZE, FALSE, FALSE, NULL);
    if (source != NULL) {
        MmProbeAndLockPages(source, KernelMode, IoReadAccess);
        if (MmGetSystemAddressForMdlSafe(source, NormalPagePriority) != NULL) {
            UsePart(source, block);
        }
        MmUnlockPages(source);
        IoFreeMdl(source);
    }
    ExFreePoolWithTag(block, BLOCK_TAG);
    return STATUS_SUCCESS;
}
