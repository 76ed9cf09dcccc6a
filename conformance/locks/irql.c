/* The IRQL by its different names. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeRaiseIrql(APC_LEVEL, &old);
    DbgPrint("from %u to %u", old, KeGetCurrentIrql());
    old = KfRaiseIrql(DISPATCH_LEVEL);
    DbgPrint(", from %u to %u", old, NDIS_CURRENT_IRQL());
    KfLowerIrql(old);
    DbgPrint(", back to %u", NDIS_CURRENT_IRQL());
    KeLowerIrql(PASSIVE_LEVEL);
    DbgPrint(" and %u\n", NDIS_CURRENT_IRQL());

    old = KeRaiseIrqlToDpcLevel();
    DbgPrint("from %u to %u", old, NDIS_CURRENT_IRQL());
    KeLowerIrql(old);
    NDIS_RAISE_IRQL_TO_DISPATCH(&old);
    DbgPrint(", from %u to %u", old, NDIS_CURRENT_IRQL());
    NDIS_LOWER_IRQL(old, NDIS_CURRENT_IRQL());
    DbgPrint(", back to %u\n", NDIS_CURRENT_IRQL());
    return STATUS_SUCCESS;
}

/* prints
from 0 to 1, from 1 to 2, back to 1 and 0
from 0 to 2, from 0 to 2, back to 0
*/
