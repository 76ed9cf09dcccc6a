#include <ndis.h>

static UNICODE_STRING Wide = RTL_CONSTANT_STRING(L"adapter 1");
static STRING Narrow = RTL_CONSTANT_STRING("adapter 1");

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    Wide.Length -= 2 * sizeof(WCHAR); /* shorter, without touching the text */
    Narrow.Length -= 2 * sizeof(CHAR);
    DbgPrint("%wZ: %u bytes of %u\n", &Wide, Wide.Length, Wide.MaximumLength);
    DbgPrint("%Z: %u bytes of %u\n", &Narrow, Narrow.Length, Narrow.MaximumLength);
    return STATUS_SUCCESS;
}
