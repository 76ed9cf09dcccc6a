#include <ndis.h>

#define TAG 'scod'

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NET_BUFFER_LIST *first, *second;
    NET_BUFFER_LIST_HEADER *header;
    NET_BUFFER_LIST_DATA *data;
    NET_BUFFER_LIST_CONTEXT *context;
    NDIS_HANDLE pool;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.fAllocateNetBuffer = TRUE;
    parameters.PoolTag = TAG;
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    first = NdisAllocateNetBufferList(pool, 16, 8);
    second = NdisAllocateNetBufferList(pool, 0, 0);
    if (first != NULL && second != NULL) {
        first->Next = second;
        header = &first->NetBufferListHeader;
        data = &header->NetBufferListData;
        DbgPrint("next: %s, NET_BUFFER: %s, parent: %s\n", data->Next == second ? "the second" : "another",
                 data->FirstNetBuffer != NULL ? "its own" : "none", first->ParentNetBufferList != NULL ? "some" : "none");
        context = first->Context;
        DbgPrint("context of %u bytes, the first %u free, data at its end: %s\n", context->Size, context->Offset,
                 NET_BUFFER_LIST_CONTEXT_DATA_START(first) == context->ContextData + context->Offset ? "yes" : "no");
        DbgPrint("the second has %s\n", second->Context == NULL ? "none" : "one too");
        first->Next = NULL;
    }
    if (second != NULL) {
        NdisFreeNetBufferList(second);
    }
    if (first != NULL) {
        NdisFreeNetBufferList(first);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
