/* fails: mapping 1 */
/* fails: mapping 3 */
/* Paged memory, locked and mapped: by hand, by the macro, and at a reserved address where nothing can fail. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 6000

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR block;
    PUCHAR address;
    PVOID range;
    PMDL mdl;
    UINT length;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = ExAllocatePoolWithTag(PagedPool, BLOCK_SIZE, BLOCK_TAG);
    range = MmAllocateMappingAddress(2 * PAGE_SIZE, BLOCK_TAG);
    mdl = IoAllocateMdl(block, BLOCK_SIZE, FALSE, FALSE, NULL);
    if (block == NULL || range == NULL || mdl == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    block[0] = 0x42;
    MmProbeAndLockPages(mdl, KernelMode, IoModifyAccess);
    DbgPrint("locked: flags 0x%04x\n", mdl->MdlFlags);

    address = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
    DbgPrint("mapping 1: %s\n", address == NULL ? "NULL" : "there");
    NdisQueryMdl(mdl, (PVOID *)&address, &length, NormalPagePriority);
    DbgPrint("mapping 2: %02x of %u bytes, flags 0x%04x\n", *address, length, mdl->MdlFlags);
    MmUnmapLockedPages(address, mdl);
    DbgPrint("unmapped: flags 0x%04x\n", mdl->MdlFlags);

    address = MmMapLockedPagesSpecifyCache(mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority);
    DbgPrint("mapping 3: %s\n", address == NULL ? "NULL" : "there");
    address = MmMapLockedPagesWithReservedMapping(range, BLOCK_TAG, mdl, MmCached);
    DbgPrint("reserved: %02x\n", *address);
    MmUnmapReservedMapping(range, BLOCK_TAG, mdl);

    address = MmMapLockedPages(mdl, KernelMode);
    DbgPrint("mapping 4: %02x\n", *address);
    MmUnlockPages(mdl);
    DbgPrint("unlocked: flags 0x%04x\n", mdl->MdlFlags);

    IoFreeMdl(mdl);
    MmFreeMappingAddress(range, BLOCK_TAG);
    ExFreePoolWithTag(block, BLOCK_TAG);
    return STATUS_SUCCESS;
}

/* prints
locked: flags 0x0082
mapping 1: NULL
mapping 2: 42 of 6000 bytes, flags 0x0083
unmapped: flags 0x0082
mapping 3: NULL
reserved: 42
mapping 4: 42
unlocked: flags 0x0000
*/
