#include <ndis.h>

static LONG References = 1; /* the one of whoever made it */

static VOID Release(VOID)
{
    if (NdisInterlockedDecrement(&References) == 0) {
        DbgPrint("the last one: free it\n");
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    DbgPrint("references: %d\n", NdisInterlockedIncrement(&References));
    Release();
    DbgPrint("references: %d\n", References);
    Release();
    return STATUS_SUCCESS;
}
