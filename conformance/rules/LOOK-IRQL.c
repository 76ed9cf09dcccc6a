/* An entry is taken in the interrupt handler of the device. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'
#define ENTRY_SIZE 64
#define DEVICE_IRQL 5

DRIVER_INITIALIZE DriverEntry;

static NPAGED_LOOKASIDE_LIST List;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL old;
    PVOID entry;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0);
#ifdef MISTAKE
    KeRaiseIrql(DEVICE_IRQL, &old);
#else
    KeRaiseIrql(DISPATCH_LEVEL, &old);
#endif
    entry = NdisAllocateFromNPagedLookasideList(&List); /* at LOOK-IRQL */
    KeLowerIrql(old);
    if (entry != NULL) {
        NdisFreeToNPagedLookasideList(&List, entry);
    }
    NdisDeleteNPagedLookasideList(&List);
    return STATUS_SUCCESS;
}
