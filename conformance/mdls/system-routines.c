/* Functions found by name: those that the kernel has can be called, with all that watches them. */
#include <ndis.h>

typedef PVOID (*ALLOCATE_BY_FLAGS)(ULONG64 Flags, SIZE_T NumberOfBytes, ULONG Tag);
typedef VOID (*FREE_BY_TAG)(PVOID P, ULONG Tag);

#define BLOCK_TAG 'kclB'

static PVOID Find(PCWSTR Name)
{
    UNICODE_STRING name;

    RtlInitUnicodeString(&name, Name);
    return MmGetSystemRoutineAddress(&name);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ALLOCATE_BY_FLAGS allocate = (ALLOCATE_BY_FLAGS)Find(L"ExAllocatePool2");
    FREE_BY_TAG release = (FREE_BY_TAG)Find(L"ExFreePoolWithTag");
    PUCHAR block;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    if (allocate == NULL || release == NULL) {
        return STATUS_NOT_SUPPORTED;
    }
    block = allocate(POOL_FLAG_NON_PAGED, 100, BLOCK_TAG);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DbgPrint("zeroed: %s\n", block[0] == 0 && block[99] == 0 ? "yes" : "no");
    release(block, BLOCK_TAG);
    DbgPrint("always the same: %s\n", Find(L"ExAllocatePool2") == (PVOID)allocate ? "yes" : "no");
    DbgPrint("a macro, a function of NDIS, nothing: %s\n",
             Find(L"MmGetMdlByteCount") == NULL && Find(L"NdisAllocateMdl") == NULL && Find(L"ExFrobnicate") == NULL
                 ? "NULL"
                 : "found");
    return STATUS_SUCCESS;
}

/* prints
zeroed: yes
always the same: yes
a macro, a function of NDIS, nothing: NULL
*/
