/* A context is freed with the lookaside list that lies in it. */
#include <ndis.h>

#define CONTEXT_TAG 'txtC'
#define ENTRY_TAG 'yrtE'

DRIVER_INITIALIZE DriverEntry;

typedef struct {
    ULONG Flags;
    LOOKASIDE_LIST_EX Entries;
} CONTEXT;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    CONTEXT *context;
    PVOID entry;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    context = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*context), CONTEXT_TAG);
    if (context == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ExInitializeLookasideListEx(&context->Entries, NULL, NULL, NonPagedPoolNx, 0, 64, ENTRY_TAG, 0);
    entry = ExAllocateFromLookasideListEx(&context->Entries);
    if (entry != NULL) {
        ExFreeToLookasideListEx(&context->Entries, entry);
    }
#ifndef MISTAKE
    ExDeleteLookasideListEx(&context->Entries);
#endif
    ExFreePoolWithTag(context, CONTEXT_TAG); /* at LOOK-INPOOL */
    return STATUS_SUCCESS;
}
