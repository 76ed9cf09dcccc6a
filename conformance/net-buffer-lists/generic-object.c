/* A component that NDIS gave no handle allocates its pools with an object of its own, and keeps its data behind it. */
#include "../rules/pools.h"

typedef struct _COMPONENT {
    NDIS_GENERIC_OBJECT Object;
    NDIS_HANDLE ListPool;
    ULONG Lists;
} COMPONENT, *PCOMPONENT;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    PCOMPONENT component;
    PNET_BUFFER_LIST list;

    UNREFERENCED_PARAMETER(RegistryPath);

    component = (PCOMPONENT)NdisAllocateGenericObject(DriverObject, POOL_TAG,
                                                      sizeof(COMPONENT) - sizeof(NDIS_GENERIC_OBJECT));
    DbgPrint("revision %u, %u bytes, driver %s, lists %u\n", component->Object.Header.Revision,
             component->Object.Header.Size, component->Object.DriverObject == DriverObject ? "known" : "?",
             component->Lists);
    InitNetBufferListPoolParameters(&parameters, TRUE, 64);
    component->ListPool = NdisAllocateNetBufferListPool(component, &parameters);
    list = NdisAllocateNetBufferList(component->ListPool, 0, 0);
    component->Lists++;
    DbgPrint("lists %u\n", component->Lists);

    NdisFreeNetBufferList(list);
    NdisFreeNetBufferListPool(component->ListPool);
    NdisFreeGenericObject(&component->Object);
    return STATUS_SUCCESS;
}

/* prints
revision 1, 16 bytes, driver known, lists 0
lists 1
*/
