#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL outer, inner;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeRaiseIrql(APC_LEVEL, &outer);
    inner = KfRaiseIrql(DISPATCH_LEVEL);
    DbgPrint("IRQL %u, before %u and %u\n", KeGetCurrentIrql(), inner, outer);
    KfLowerIrql(inner);
    DbgPrint("IRQL %u\n", KeGetCurrentIrql());
    KeLowerIrql(outer);
    DbgPrint("IRQL %u\n", KeGetCurrentIrql());
    return STATUS_SUCCESS;
}
