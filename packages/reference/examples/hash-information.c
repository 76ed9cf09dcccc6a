#include <ndis.h>

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG information = NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC(NDIS_HASH_IPV4 | NDIS_HASH_TCP_IPV4,
                                                              NdisHashFunctionToeplitz);
    ULONG types = NDIS_RSS_HASH_TYPE_FROM_HASH_INFO(information);

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    DbgPrint("information %x, function %u\n", information, NDIS_RSS_HASH_FUNC_FROM_HASH_INFO(information));
    DbgPrint("TCP over IPv4: %s, over IPv6: %s\n", types & NDIS_HASH_TCP_IPV4 ? "yes" : "no",
             types & NDIS_HASH_TCP_IPV6 ? "yes" : "no");
    return STATUS_SUCCESS;
}
