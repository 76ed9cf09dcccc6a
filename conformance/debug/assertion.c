/* RtlAssert is what an assertion calls when it fails: the driver ends there. */
#include <ndis.h>

static BOOLEAN IsEven(ULONG Number)
{
    if (Number == 0) {
        RtlAssert("Number != 0", __FILE__, __LINE__, "zero is not asked about"); /* at DRIVER-TRAP */
    }
    return (Number & 1) == 0;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG number;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    for (number = 3; number != (ULONG)-1; number--) {
        DbgPrint("%u is even: %d\n", number, IsEven(number));
    }
    return STATUS_SUCCESS;
}

/* prints
3 is even: 0
2 is even: 1
1 is even: 0
*/
