/* A block that lives as long as the driver is not freed when the driver goes. */
#include <ndis.h>

#define CONTEXT_TAG 'txtC'

typedef struct _CONTEXT {
    LARGE_INTEGER Started;
    ULONG Devices;
} CONTEXT, *PCONTEXT;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PCONTEXT Context;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    Context = NdisAllocateMemoryWithTagPriority(NULL, sizeof(*Context), /* at, allocated MEM-LEAK */
                                                CONTEXT_TAG, NormalPoolPriority);
    if (Context == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisZeroMemory(Context, sizeof(*Context));
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifdef MISTAKE
    Context = NULL;
#else
    NdisFreeMemory(Context, 0, 0);
#endif
}
