/* A string is copied with its terminator into a block that has no room for it. */
#include <ndis.h>

#define NAME_TAG 'emaN'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static const char AdapterName[] = "adapter 1";
static char *Name;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG length = sizeof(AdapterName);
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);

#ifdef MISTAKE
    length--;
#endif
    Name = NdisAllocateMemoryWithTagPriority(NULL, length, NAME_TAG, NormalPoolPriority); /* allocated MEM-OVERRUN */
    if (Name == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (i = 0; AdapterName[i] != '\0'; i++) {
        Name[i] = AdapterName[i];
    }
    Name[i] = '\0';
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    DbgPrint("%s unloads\n", Name);
    NdisFreeMemory(Name, 0, 0); /* at MEM-OVERRUN */
}
