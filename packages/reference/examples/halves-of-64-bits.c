#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due;
    NDIS_PHYSICAL_ADDRESS highest;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    due.QuadPart = -250LL * 10000; /* 250 ms from now, in units of 100 ns */
    DbgPrint("due: 0x%08x, 0x%08x\n", due.HighPart, due.LowPart);
    highest.QuadPart = -1; /* any address will do */
    DbgPrint("highest: 0x%08x, 0x%08x\n", highest.HighPart, highest.LowPart);
    highest.HighPart = 0; /* what an adapter with 32 address bits reaches */
    DbgPrint("below 4 GiB: %s\n", highest.QuadPart == 0xFFFFFFFFLL ? "yes" : "no");
    return STATUS_SUCCESS;
}
