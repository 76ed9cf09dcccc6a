/* One module allocates and another one, with a tag of its own, frees. */
#include <ndis.h>

#define PARSER_TAG 'sraP'
#define QUEUE_TAG 'ueuQ'

DRIVER_INITIALIZE DriverEntry;

static PVOID Parse(VOID)
{
    return ExAllocatePoolWithTag(NonPagedPoolNx, 128, PARSER_TAG); /* allocated MEM-WRONGTAG */
}

static VOID Discard(PVOID Request)
{
#ifdef MISTAKE
    ExFreePoolWithTag(Request, QUEUE_TAG); /* at MEM-WRONGTAG */
#else
    ExFreePoolWithTag(Request, PARSER_TAG);
#endif
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID request;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    request = Parse();
    if (request != NULL) {
        Discard(request);
    }
    return STATUS_SUCCESS;
}
