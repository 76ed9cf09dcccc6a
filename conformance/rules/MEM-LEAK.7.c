/* A read-write lock that NDIS allocated is not given back. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PNDIS_RW_LOCK_EX Lock;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    Lock = NdisAllocateRWLock(NULL); /* at, allocated MEM-LEAK */
    DriverObject->DriverUnload = DriverUnload;
    return Lock == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifndef MISTAKE
    NdisFreeRWLock(Lock);
#endif
}
