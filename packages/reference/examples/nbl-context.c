#include <ndis.h>

#define TAG 'scod'

/* What this driver remembers with each list. A multiple of 8 is right on x64, too. */
typedef struct _NOTE {
    ULONG Number;
    ULONG Reserved;
} NOTE, *PNOTE;

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .PoolTag = TAG,
};

static VOID Story(PNET_BUFFER_LIST List)
{
    PNOTE note;

    if (NdisAllocateNetBufferListContext(List, sizeof(NOTE), 0, TAG) != NDIS_STATUS_SUCCESS) {
        return;
    }
    note = (PNOTE)NET_BUFFER_LIST_CONTEXT_DATA_START(List);
    note->Number = 1;
    DbgPrint("a context of %u bytes\n", NET_BUFFER_LIST_CONTEXT_DATA_SIZE(List));

    /* the driver below does the same, with room for one more */
    if (NdisAllocateNetBufferListContext(List, sizeof(NOTE), sizeof(NOTE), TAG) == NDIS_STATUS_SUCCESS) {
        note = (PNOTE)NET_BUFFER_LIST_CONTEXT_DATA_START(List);
        note->Number = 2;
        DbgPrint("below: note %u, a context of %u bytes\n", note->Number, NET_BUFFER_LIST_CONTEXT_DATA_SIZE(List));
        NdisFreeNetBufferListContext(List, sizeof(NOTE));
    }

    note = (PNOTE)NET_BUFFER_LIST_CONTEXT_DATA_START(List);
    DbgPrint("when the list is back: note %u\n", note->Number);
    NdisFreeNetBufferListContext(List, sizeof(NOTE));
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST list;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    pool = NdisAllocateNetBufferListPool(NULL, &PoolParameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    list = NdisAllocateNetBufferList(pool, 0, 0);
    if (list != NULL) {
        Story(list);
        NdisFreeNetBufferList(list);
    }
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}
