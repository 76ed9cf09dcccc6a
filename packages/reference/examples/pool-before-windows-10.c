#include <ndis.h>

#define TAG 'scod'
#define SIZE 128

/* Nonpaged where it is needed at DISPATCH_LEVEL, and as badly as the caller says. */
static PVOID AllocateBuffer(BOOLEAN AtDispatch, EX_POOL_PRIORITY Priority)
{
    POOL_TYPE type = AtDispatch ? NonPagedPoolNx : PagedPool;

    return ExAllocatePoolWithTagPriority(type, SIZE, TAG, Priority);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID context, buffer, answer, old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    context = ExAllocatePoolWithTag(NonPagedPoolNx, SIZE, TAG);
    if (context == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(context, SIZE); /* it holds what it held before */
    buffer = AllocateBuffer(TRUE, HighPoolPriority);
    answer = ExAllocatePoolWithQuotaTag(PagedPool | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE, SIZE, TAG);
    old = ExAllocatePool(NonPagedPoolNx, SIZE); /* without a tag of its own */
    DbgPrint("buffer %u, answer %u, old %u\n", buffer != NULL, answer != NULL, old != NULL);
    if (old != NULL) {
        ExFreePool(old);
    }
    if (answer != NULL) {
        ExFreePoolWithTag(answer, TAG);
    }
    if (buffer != NULL) {
        ExFreePoolWithTag(buffer, TAG);
    }
    ExFreePoolWithTag(context, TAG);
    return STATUS_SUCCESS;
}
