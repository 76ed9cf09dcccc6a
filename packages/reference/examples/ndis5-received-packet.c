#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE binding = NULL, context = NULL;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    /* a protocol asks this in ProtocolReceive, with what it was called with there */
    DbgPrint("a packet: %s\n", NdisGetReceivedPacket(binding, context) == NULL ? "no" : "yes");
    return STATUS_SUCCESS;
}
