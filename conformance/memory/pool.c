/* The kernel's pool: what is cleared, what is NULL when there is too little, and both ways to free. */
#include <ndis.h>

#define POOL_TAG 'looP'
#define SIZE 64

DRIVER_INITIALIZE DriverEntry;

static VOID Show(PCSTR What, PUCHAR Block)
{
    BOOLEAN zero = TRUE;
    ULONG i;

    if (Block == NULL) {
        DbgPrint("%s: NULL\n", What);
        return;
    }
    for (i = 0; i < SIZE; i++) {
        zero = zero && Block[i] == 0;
        Block[i] = 0xee; /* for the next one that gets the block */
    }
    DbgPrint("%s: %s\n", What, zero ? "zero" : "as it was");
    ExFreePoolWithTag(Block, POOL_TAG);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID page;
    PVOID block;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    Show("zero", ExAllocatePoolZero(NonPagedPoolNx, SIZE, POOL_TAG));
    Show("with tag", ExAllocatePoolWithTag(NonPagedPoolNx, SIZE, POOL_TAG));
    Show("with tag, to be cleared", ExAllocatePoolWithTag(NonPagedPoolNx | POOL_ZERO_ALLOCATION, SIZE, POOL_TAG));
    Show("with priority", ExAllocatePoolWithTagPriority(NonPagedPoolNx, SIZE, POOL_TAG, NormalPoolPriority));
    Show("with quota", ExAllocatePoolWithQuotaTag(NonPagedPoolNx | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE, SIZE, POOL_TAG));
    Show("uninitialized", ExAllocatePoolUninitialized(PagedPool, SIZE, POOL_TAG));
    Show("by priority, uninitialized",
         ExAllocatePoolPriorityUninitialized(NonPagedPoolNx, SIZE, POOL_TAG, LowPoolPriority));
    Show("by priority, zero", ExAllocatePoolPriorityZero(NonPagedPoolNx, SIZE, POOL_TAG, HighPoolPriority));
    Show("2", ExAllocatePool2(POOL_FLAG_NON_PAGED, SIZE, POOL_TAG));
    Show("2, paged, uninitialized", ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_UNINITIALIZED, SIZE, POOL_TAG));
    Show("2, of no kind", ExAllocatePool2(POOL_FLAG_UNINITIALIZED, SIZE, POOL_TAG));
    Show("2, of two kinds", ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_PAGED, SIZE, POOL_TAG));
    Show("too much", ExAllocatePoolWithTag(NonPagedPoolNx, 0x80000000, POOL_TAG));

    page = ExAllocatePoolWithTag(NonPagedPoolNx, PAGE_SIZE, POOL_TAG);
    block = ExAllocatePool(NonPagedPoolNx, SIZE);
    if (page != NULL && block != NULL) {
        DbgPrint("a page starts at byte %u of a page, a block is aligned to %u\n", BYTE_OFFSET(page),
                 (ULONG)((ULONG_PTR)block & 7) == 0 ? 8 : 0);
        ExFreePool(block);
        ExFreePool(page);
    }
    return STATUS_SUCCESS;
}

/* prints
zero: zero
with tag: as it was
with tag, to be cleared: zero
with priority: as it was
with quota: as it was
uninitialized: as it was
by priority, uninitialized: as it was
by priority, zero: zero
2: zero
2, paged, uninitialized: as it was
2, of no kind: NULL
2, of two kinds: NULL
too much: NULL
a page starts at byte 0 of a page, a block is aligned to 8
*/
