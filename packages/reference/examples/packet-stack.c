#include <ndis.h>

/* What a driver in the middle keeps for one packet at its own place. */
static VOID Remember(NDIS_PACKET_STACK *Stack, ULONG_PTR Port, ULONG_PTR Ticket)
{
    Stack->IMReserved[0] = Port;
    Stack->IMReserved[1] = Ticket;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PACKET_STACK stack[2];

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(stack, sizeof(stack));
    Remember(&stack[0], 1, 100);
    Remember(&stack[1], 2, 200);
    DbgPrint("%u bytes a place, the first %u of them the driver's\n", sizeof(NDIS_PACKET_STACK),
             FIELD_OFFSET(NDIS_PACKET_STACK, NdisReserved));
    DbgPrint("upper: port %u, ticket %u\n", stack[0].IMReserved[0], stack[0].IMReserved[1]);
    DbgPrint("lower: port %u, ticket %u\n", stack[1].IMReserved[0], stack[1].IMReserved[1]);
    return STATUS_SUCCESS;
}
