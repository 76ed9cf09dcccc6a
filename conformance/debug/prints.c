/* Printing for the developer, with the formats that drivers use. */
#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNICODE_STRING text, empty;
    ULONG printed;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    RtlInitUnicodeString(&text, L"wide");
    RtlInitUnicodeString(&empty, NULL);
    DbgPrint("%wZ has %u of %u bytes, nothing has %u of %u\n", &text, text.Length, text.MaximumLength, empty.Length,
             empty.MaximumLength);
    DbgPrint("%d %u %08x %s %c %I64u %%\n", -1, 4294967295u, 0xBEEF, "text", 'c', 18446744073709551615ull);
    DbgPrint("a line in ");
    DbgPrint("two calls\n");
    printed = DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, "error %x of a component\n", STATUS_SUCCESS);
    printed |= DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "what Windows would hide is printed\n");
    DbgPrint("both answered %x\n", printed);
    return STATUS_SUCCESS;
}

/* prints
wide has 8 of 10 bytes, nothing has 0 of 0
-1 4294967295 0000beef text c 18446744073709551615 %
a line in two calls
error 0 of a component
what Windows would hide is printed
both answered 0
*/
