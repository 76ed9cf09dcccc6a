/* refuses to start */
/* DriverEntry fails halfway and leaves behind what it had allocated: DriverUnload is not called after that. */
#include <ndis.h>

#define START_TAG 'tatS'
#define TOO_MANY_BYTES 0x7fffffff

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PVOID Settings;
static PVOID Frames;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = DriverUnload;
    Settings = NdisAllocateMemoryWithTagPriority(NULL, 256, START_TAG, NormalPoolPriority); /* at, allocated MEM-LEAK */
    if (Settings == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Frames = NdisAllocateMemoryWithTagPriority(NULL, TOO_MANY_BYTES, START_TAG, NormalPoolPriority);
    if (Frames == NULL) {
#ifndef MISTAKE
        NdisFreeMemory(Settings, 0, 0);
#endif
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFreeMemory(Frames, 0, 0);
    NdisFreeMemory(Settings, 0, 0);
}
