/* Two owners of one block, and each frees it. */
#include <ndis.h>

#define CONFIG_TAG 'gfnC'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PULONG Configuration;
static PULONG Defaults;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    Defaults = NdisAllocateMemoryWithTagPriority(NULL, 16 * sizeof(ULONG), /* allocated MEM-DFREE */
                                                 CONFIG_TAG, NormalPoolPriority);
    if (Defaults == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisZeroMemory(Defaults, 16 * sizeof(ULONG));
    /* Nothing is configured: the defaults hold. */
    Configuration = Defaults;
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFreeMemory(Defaults, 0, 0);
#ifdef MISTAKE
    NdisFreeMemory(Configuration, 0, 0); /* at MEM-DFREE */
#else
    if (Configuration != Defaults) {
        NdisFreeMemory(Configuration, 0, 0);
    }
#endif
}
