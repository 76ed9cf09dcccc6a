#include <ndis.h>

#define TAG 'scod'

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .fAllocateNetBuffer = TRUE,
    .PoolTag = TAG,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    PUCHAR frame;
    PMDL mdl = NULL;
    PNET_BUFFER_LIST list;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    pool = NdisAllocateNetBufferListPool(NULL, &PoolParameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    frame = NdisAllocateMemoryWithTagPriority(NULL, 114, TAG, NormalPoolPriority);
    if (frame != NULL) {
        mdl = NdisAllocateMdl(NULL, frame, 114);
    }
    if (mdl != NULL) {
        list = NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, mdl, 14, 100); /* room for an Ethernet header */
        if (list != NULL) {
            DbgPrint("%u bytes, %u in front\n", NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(list)),
                     NET_BUFFER_DATA_OFFSET(NET_BUFFER_LIST_FIRST_NB(list)));
            NdisFreeNetBufferList(list); /* with its NET_BUFFER, and nothing of the chain */
        }
        NdisFreeMdl(mdl);
    }
    if (frame != NULL) {
        NdisFreeMemory(frame, 0, 0);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
