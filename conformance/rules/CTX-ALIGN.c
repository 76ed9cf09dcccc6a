/* A context is as long as its three members, and not as an alignment asks for. */
#include "pools.h"

DRIVER_INITIALIZE DriverEntry;

typedef struct _CONTEXT_DATA {
    PVOID Owner;
    ULONG Length;
    ULONG Flags;
} CONTEXT_DATA;

#ifdef MISTAKE
#define CONTEXT_SIZE ((USHORT)sizeof(CONTEXT_DATA))
#else
#define CONTEXT_SIZE ((USHORT)ALIGN_UP_BY(sizeof(CONTEXT_DATA), MEMORY_ALLOCATION_ALIGNMENT))
#endif

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST list;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    list = NdisAllocateNetBufferList(pool, CONTEXT_SIZE, 0); /* at CTX-ALIGN */
    if (list != NULL) {
        NdisFreeNetBufferList(list);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
