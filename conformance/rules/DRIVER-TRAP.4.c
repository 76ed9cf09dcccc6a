/* The levels of two raises are mixed up, so that one of them goes upwards on its way down. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL outer, inner;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeRaiseIrql(APC_LEVEL, &outer);
    KeRaiseIrql(DISPATCH_LEVEL, &inner);
#ifdef MISTAKE
    KeLowerIrql(outer);
    KeLowerIrql(inner); /* at DRIVER-TRAP */
#else
    KeLowerIrql(inner);
    KeLowerIrql(outer);
#endif
    return STATUS_SUCCESS;
}
