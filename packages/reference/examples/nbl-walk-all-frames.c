#include <ndis.h>

#define TAG 'scod'
#define DATA_SIZE 1514

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .fAllocateNetBuffer = TRUE,
    .PoolTag = TAG,
    .DataSize = DATA_SIZE,
};

static NET_BUFFER_POOL_PARAMETERS const MoreParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1 },
    .PoolTag = TAG,
    .DataSize = DATA_SIZE,
};

/* What a miniport does with a chain of lists that it is to send. */
static VOID Walk(PNET_BUFFER_LIST Lists)
{
    PNET_BUFFER_LIST list;
    PNET_BUFFER netBuffer;

    for (list = Lists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        NET_BUFFER_LIST_STATUS(list) = NDIS_STATUS_SUCCESS;
        for (netBuffer = NET_BUFFER_LIST_FIRST_NB(list); netBuffer != NULL; netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
            DbgPrint("a frame of %u bytes\n", NET_BUFFER_DATA_LENGTH(netBuffer));
            if (NET_BUFFER_DATA_LENGTH(netBuffer) < 60) {
                NET_BUFFER_LIST_STATUS(list) = NDIS_STATUS_INVALID_LENGTH;
            }
        }
        DbgPrint("status %x\n", NET_BUFFER_LIST_STATUS(list));
    }
}

/* The first list has two frames: the one it came with, and another. */
static VOID Story(PNET_BUFFER_LIST First, PNET_BUFFER_LIST Second, PNET_BUFFER Other)
{
    NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(First)) = 1514;
    NET_BUFFER_DATA_LENGTH(Other) = 200;
    NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(Second)) = 20;
    NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(First)) = Other;
    NET_BUFFER_LIST_NEXT_NBL(First) = Second;
    Walk(First);

    /* taken apart again: what did not come with a list is freed for itself */
    NET_BUFFER_LIST_NEXT_NBL(First) = NULL;
    NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(First)) = NULL;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE lists, more;
    PNET_BUFFER_LIST first = NULL, second = NULL;
    PNET_BUFFER other = NULL;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    lists = NdisAllocateNetBufferListPool(NULL, &PoolParameters);
    more = NdisAllocateNetBufferPool(NULL, &MoreParameters);
    if (lists != NULL && more != NULL) {
        first = NdisAllocateNetBufferList(lists, 0, 0);
        second = NdisAllocateNetBufferList(lists, 0, 0);
        other = NdisAllocateNetBufferMdlAndData(more);
    }
    if (first != NULL && second != NULL && other != NULL) {
        Story(first, second, other);
    }
    if (other != NULL) {
        NdisFreeNetBuffer(other);
    }
    if (second != NULL) {
        NdisFreeNetBufferList(second);
    }
    if (first != NULL) {
        NdisFreeNetBufferList(first);
    }
    if (more != NULL) {
        NdisFreeNetBufferPool(more);
    }
    if (lists != NULL) {
        NdisFreeNetBufferListPool(lists);
    }
    return STATUS_SUCCESS;
}
