/* An allocation that no pool tool can tell from others. */
#include <ndis.h>

#define BUFFER_TAG 'fuBt'

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID buffer;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

#ifdef MISTAKE
    buffer = ExAllocatePoolWithTag(NonPagedPoolNx, 256, 0); /* at MEM-TAG */
#else
    buffer = ExAllocatePoolWithTag(NonPagedPoolNx, 256, BUFFER_TAG);
#endif
    if (buffer != NULL) {
        ExFreePool(buffer);
    }
    return STATUS_SUCCESS;
}
