#include <ndis.h>

#define TAG 'scod'

typedef struct _CONTEXT {
    ULONG Frames;
    UCHAR Address[ETH_LENGTH_OF_ADDRESS];
} CONTEXT;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE handle;
    CONTEXT *context;

    UNREFERENCED_PARAMETER(RegistryPath);

    handle = NdisAllocateGenericObject(DriverObject, TAG, 0);
    if (handle == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    context = NdisAllocateMemoryWithTagPriority(handle, sizeof(CONTEXT), TAG, NormalPoolPriority);
    if (context == NULL) {
        NdisFreeGenericObject(handle);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisZeroMemory(context, sizeof(CONTEXT)); /* it holds what it held before */
    context->Frames++;
    DbgPrint("%u frame, address of %02x...\n", context->Frames, context->Address[0]);

    NdisFreeMemoryWithTagPriority(handle, context, TAG);
    NdisFreeGenericObject(handle);
    return STATUS_SUCCESS;
}
