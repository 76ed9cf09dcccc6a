/* An entry of paged memory is taken where a page fault cannot be served. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'
#define ENTRY_SIZE 64

DRIVER_INITIALIZE DriverEntry;

static LOOKASIDE_LIST_EX List;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;
    KIRQL old;
    PVOID entry;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    status = ExInitializeLookasideListEx(&List, NULL, NULL, PagedPool, 0, ENTRY_SIZE, ENTRY_TAG, 0);
    if (!NT_SUCCESS(status)) {
        return status;
    }
#ifdef MISTAKE
    KeRaiseIrql(DISPATCH_LEVEL, &old);
#else
    KeRaiseIrql(APC_LEVEL, &old);
#endif
    entry = ExAllocateFromLookasideListEx(&List); /* at LOOK-IRQL */
    KeLowerIrql(old);
    if (entry != NULL) {
        ExFreeToLookasideListEx(&List, entry);
    }
    ExDeleteLookasideListEx(&List);
    return STATUS_SUCCESS;
}
