/* Parts of a buffer: over nonpaged memory, over locked pages that are mapped or not, and one MDL for all of them. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 12000

static VOID Print(PCSTR What, PMDL Mdl, PUCHAR Block)
{
    DbgPrint("%s: bytes %u to %u, flags 0x%04x\n", What, (ULONG)((PUCHAR)MmGetMdlVirtualAddress(Mdl) - Block),
             (ULONG)((PUCHAR)MmGetMdlVirtualAddress(Mdl) - Block) + MmGetMdlByteCount(Mdl), (USHORT)Mdl->MdlFlags);
}

static VOID PrintByte(PMDL Mdl)
{
    PUCHAR address = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority);

    if (address != NULL) {
        DbgPrint("its first byte: %02x\n", *address);
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR block;
    PMDL source;
    PMDL part;
    ULONG index;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = ExAllocatePoolWithTag(NonPagedPoolNx, BLOCK_SIZE, BLOCK_TAG);
    source = IoAllocateMdl(block, BLOCK_SIZE, FALSE, FALSE, NULL);
    part = IoAllocateMdl(block, BLOCK_SIZE, FALSE, FALSE, NULL);
    if (block == NULL || source == NULL || part == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (index = 0; index < BLOCK_SIZE; index++) {
        block[index] = (UCHAR)(index / 100);
    }

    MmProbeAndLockPages(source, KernelMode, IoReadAccess);
    IoBuildPartialMdl(source, part, block + 5000, 1500);
    Print("of locked pages", part, block);
    PrintByte(part);
    Print("mapped", part, block);
    MmPrepareMdlForReuse(part);
    Print("ready for reuse", part, block);

    (VOID)MmGetSystemAddressForMdlSafe(source, NormalPagePriority);
    IoBuildPartialMdl(source, part, block + 11000, 0);
    Print("of mapped pages, to the end", part, block);
    PrintByte(part);
    MmPrepareMdlForReuse(part);
    Print("its source keeps the mapping", part, block);
    MmUnlockPages(source);

    MmBuildMdlForNonPagedPool(source);
    IoBuildPartialMdl(source, part, block, 100);
    Print("of nonpaged memory", part, block);
    PrintByte(part);

    IoFreeMdl(part);
    IoFreeMdl(source);
    ExFreePoolWithTag(block, BLOCK_TAG);
    return STATUS_SUCCESS;
}

/* prints
of locked pages: bytes 5000 to 6500, flags 0x0010
its first byte: 32
mapped: bytes 5000 to 6500, flags 0x0031
ready for reuse: bytes 5000 to 6500, flags 0x0010
of mapped pages, to the end: bytes 11000 to 12000, flags 0x0111
its first byte: 6e
its source keeps the mapping: bytes 11000 to 12000, flags 0x0111
of nonpaged memory: bytes 0 to 100, flags 0x0014
its first byte: 00
*/
