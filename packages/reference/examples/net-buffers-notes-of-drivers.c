#include <ndis.h>

#define TAG 'scod'

static NET_BUFFER_LIST_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
    .fAllocateNetBuffer = TRUE,
    .PoolTag = TAG,
};

/* A miniport counts the fragments of each frame and remembers the list that a frame is on; a protocol keeps a number. */
static VOID Story(PNET_BUFFER_LIST List)
{
    PNET_BUFFER netBuffer = NET_BUFFER_LIST_FIRST_NB(List);

    NET_BUFFER_LIST_PROTOCOL_RESERVED(List)[0] = (PVOID)7;
    NET_BUFFER_LIST_MINIPORT_RESERVED(List)[0] = (PVOID)1;
    NET_BUFFER_PROTOCOL_RESERVED(netBuffer)[0] = (PVOID)8;
    NET_BUFFER_MINIPORT_RESERVED(netBuffer)[0] = List;
    DbgPrint("of the list: protocol %u, miniport %u\n", PtrToUlong(NET_BUFFER_LIST_PROTOCOL_RESERVED(List)[0]),
             PtrToUlong(NET_BUFFER_LIST_MINIPORT_RESERVED(List)[0]));
    DbgPrint("of the frame: protocol %u, miniport %s\n", PtrToUlong(NET_BUFFER_PROTOCOL_RESERVED(netBuffer)[0]),
             NET_BUFFER_MINIPORT_RESERVED(netBuffer)[0] == List ? "its list" : "?");

    /* what only TCP/IP and a miniport that splits frames set */
    DbgPrint("checksum bias %u, physical address %I64x\n", NET_BUFFER_CHECKSUM_BIAS(netBuffer),
             NET_BUFFER_DATA_PHYSICAL_ADDRESS(netBuffer).QuadPart);
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
