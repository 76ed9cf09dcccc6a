#include <ndis.h>

/* A context with lists of each make: its members lie where they do on Windows. */
typedef struct _CONTEXT {
    NPAGED_LOOKASIDE_LIST Sends;
    PAGED_LOOKASIDE_LIST Names;
    LOOKASIDE_LIST_EX Requests;
    ULONG Flags;
} CONTEXT;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    DbgPrint("%u, %u and %u bytes\n", (ULONG)sizeof(NPAGED_LOOKASIDE_LIST), (ULONG)sizeof(PAGED_LOOKASIDE_LIST),
             (ULONG)sizeof(LOOKASIDE_LIST_EX));
    DbgPrint("flags at %u\n", FIELD_OFFSET(CONTEXT, Flags));
    return STATUS_SUCCESS;
}
