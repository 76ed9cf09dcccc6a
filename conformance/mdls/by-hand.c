/* MDLs of the I/O manager: built for nonpaged memory, chained to an IRP, and one in the driver's own memory. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 9000

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    IRP irp;
    PUCHAR block;
    PMDL first;
    PMDL second;
    PMDL own;
    SIZE_T size;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = ExAllocatePoolWithTag(NonPagedPoolNx, BLOCK_SIZE, BLOCK_TAG);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DbgPrint("pages spanned: %u %u %u\n", ADDRESS_AND_SIZE_TO_SPAN_PAGES(block, 0),
             ADDRESS_AND_SIZE_TO_SPAN_PAGES(block, PAGE_SIZE), ADDRESS_AND_SIZE_TO_SPAN_PAGES(block + 1, PAGE_SIZE));
    DbgPrint("an MDL takes: %u %u %u\n", (ULONG)MmSizeOfMdl(block, 0), (ULONG)MmSizeOfMdl(block, PAGE_SIZE),
             (ULONG)MmSizeOfMdl(block + 1, PAGE_SIZE));

    RtlZeroMemory(&irp, sizeof(irp));
    first = IoAllocateMdl(block, 1000, FALSE, FALSE, &irp);
    second = IoAllocateMdl(block + 1000, 8000, TRUE, FALSE, &irp);
    if (first == NULL || second == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DbgPrint("the IRP has both: %s\n", irp.MdlAddress == first && first->Next == second ? "yes" : "no");
    DbgPrint("flags before: 0x%04x, size %d\n", second->MdlFlags, second->Size);
    MmBuildMdlForNonPagedPool(second);
    DbgPrint("flags after: 0x%04x, mapped: %s\n", second->MdlFlags,
             MmGetSystemAddressForMdlSafe(second, NormalPagePriority) == block + 1000 ? "yes" : "no");
    IoFreeMdl(first);
    IoFreeMdl(second);

    size = MmSizeOfMdl(block + 10, 5000);
    own = ExAllocatePoolWithTag(NonPagedPoolNx, size, BLOCK_TAG);
    if (own == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    MmInitializeMdl(own, block + 10, 5000);
    MmBuildMdlForNonPagedPool(own);
    DbgPrint("my own: %u bytes, size %d, page numbers within it: %s\n", MmGetMdlByteCount(own), own->Size,
             MmGetMdlPfnArray(own)[1] == MmGetMdlPfnArray(own)[0] + 1 ? "yes" : "no");
    ExFreePoolWithTag(own, BLOCK_TAG);
    ExFreePoolWithTag(block, BLOCK_TAG);
    return STATUS_SUCCESS;
}

/* prints
pages spanned: 0 1 2
an MDL takes: 28 32 36
the IRP has both: yes
flags before: 0x0000, size 40
flags after: 0x0004, mapped: yes
my own: 5000 bytes, size 36, page numbers within it: yes
*/
