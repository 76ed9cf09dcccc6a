#include <ndis.h>

static ULONG Checked(ULONG Length)
{
    if (Length > 1514) {
        DbgBreakPoint(); /* not on any path of this driver */
    }
    if (Length == 0) {
        RtlAssert("Length != 0", __FILE__, __LINE__, NULL);
    }
    return Length;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    DbgPrint("%u bytes are fine\n", Checked(60));
    return STATUS_SUCCESS;
}
