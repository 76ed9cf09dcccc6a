#include <ndis.h>

typedef PVOID (*ALLOCATE_BY_FLAGS)(ULONG64 Flags, SIZE_T NumberOfBytes, ULONG Tag);

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ALLOCATE_BY_FLAGS allocate;
    UNICODE_STRING name;
    PVOID block;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    /* there since Windows 10, version 2004; before that the older function has to do */
    RtlInitUnicodeString(&name, L"ExAllocatePool2");
    allocate = (ALLOCATE_BY_FLAGS)MmGetSystemRoutineAddress(&name);
    block = allocate != NULL ? allocate(POOL_FLAG_NON_PAGED, 100, TAG) : ExAllocatePoolZero(NonPagedPoolNx, 100, TAG);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DbgPrint("allocated by the %s function\n", allocate != NULL ? "new" : "old");
    ExFreePoolWithTag(block, TAG);
    return STATUS_SUCCESS;
}
