#include <ndis.h>

#define TAG 'scod'

/* A component that NDIS has given no handle: the object comes first, and the rest is the component's. */
typedef struct _COMPONENT {
    NDIS_GENERIC_OBJECT Object;
    ULONG Pools;
} COMPONENT, *PCOMPONENT;

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .PoolTag = TAG,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PCOMPONENT component;
    NDIS_HANDLE pool;

    UNREFERENCED_PARAMETER(RegistryPath);

    component = (PCOMPONENT)NdisAllocateGenericObject(DriverObject, TAG,
                                                      sizeof(COMPONENT) - sizeof(NDIS_GENERIC_OBJECT));
    if (component == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    component->Pools = 0;
    pool = NdisAllocateNetBufferListPool(component, &PoolParameters);
    if (pool != NULL) {
        component->Pools++;
        DbgPrint("%u pool\n", component->Pools);
        NdisFreeNetBufferListPool(pool);
    }
    NdisFreeGenericObject(&component->Object);
    return STATUS_SUCCESS;
}
