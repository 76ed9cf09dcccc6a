/* Two calls on one line: each is a call of its own, and only the second is at fault. */
#include <ndis.h>

#define PAIR_TAG 'riaP'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PVOID First;
static PVOID Second;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    First = ExAllocatePoolWithTag(NonPagedPoolNx, 64, PAIR_TAG); /* allocated MEM-DFREE */
    Second = ExAllocatePoolWithTag(NonPagedPoolNx, 64, PAIR_TAG);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (First == NULL || Second == NULL) {
        return;
    }
#ifdef MISTAKE
    ExFreePool(Second);
    ExFreePool(First); ExFreePool(First); /* at MEM-DFREE */
#else
    ExFreePool(First); ExFreePool(Second);
#endif
}
