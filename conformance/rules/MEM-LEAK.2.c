/* The block comes from a function that the compiler inlines: its own line counts, not that of its caller. */
#include <ndis.h>

#define NAME_TAG 'emaN'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PUCHAR FirstName;
static PUCHAR SecondName;

static inline PUCHAR CopyName(const char *Name, ULONG Length)
{
    PUCHAR copy = ExAllocatePoolWithTag(NonPagedPoolNx, Length, NAME_TAG); /* at, allocated MEM-LEAK */

    if (copy != NULL) {
        NdisMoveMemory(copy, Name, Length);
    }
    return copy;
}

static VOID FreeNames(VOID)
{
    if (FirstName != NULL) {
        ExFreePoolWithTag(FirstName, NAME_TAG);
    }
#ifndef MISTAKE
    if (SecondName != NULL) {
        ExFreePoolWithTag(SecondName, NAME_TAG);
    }
#endif
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    FirstName = CopyName("first", 5);
    SecondName = CopyName("second", 6);
    if (FirstName == NULL || SecondName == NULL) {
        FreeNames();
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FreeNames();
}
