#include <ndis.h>

#define TAG 'scod'

/* In front of every versioned structure: what it is, which edition, and how long. */
static VOID Head(NDIS_OBJECT_HEADER *Header, UCHAR Revision, USHORT Size)
{
    Header->Type = NDIS_OBJECT_TYPE_DEFAULT;
    Header->Revision = Revision;
    Header->Size = Size;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS buffers;
    NET_BUFFER_LIST_POOL_PARAMETERS lists;
    NDIS_HANDLE bufferPool, listPool;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    /* every NET_BUFFER brings an MDL over 2048 bytes along */
    NdisZeroMemory(&buffers, sizeof(buffers));
    Head(&buffers.Header, NET_BUFFER_POOL_PARAMETERS_REVISION_1, NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1);
    buffers.PoolTag = TAG;
    buffers.DataSize = 2048;
    bufferPool = NdisAllocateNetBufferPool(NULL, &buffers);

    /* every list brings a NET_BUFFER without data along */
    NdisZeroMemory(&lists, sizeof(lists));
    Head(&lists.Header, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
         NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1);
    lists.fAllocateNetBuffer = TRUE;
    lists.ContextSize = 16;
    lists.PoolTag = TAG;
    listPool = NdisAllocateNetBufferListPool(NULL, &lists);

    DbgPrint("header sizes: %u and %u\n", buffers.Header.Size, lists.Header.Size);
    DbgPrint("pools: %s and %s\n", bufferPool != NULL ? "made" : "none", listPool != NULL ? "made" : "none");
    if (bufferPool != NULL) {
        PNET_BUFFER netBuffer = NdisAllocateNetBufferMdlAndData(bufferPool);
        if (netBuffer != NULL) {
            DbgPrint("a NET_BUFFER over %u bytes\n", NET_BUFFER_FIRST_MDL(netBuffer)->ByteCount);
            NdisFreeNetBuffer(netBuffer);
        }
        NdisFreeNetBufferPool(bufferPool);
    }
    if (listPool != NULL) {
        PNET_BUFFER_LIST list = NdisAllocateNetBufferList(listPool, 0, 0);
        if (list != NULL) {
            DbgPrint("a list with %s and %u bytes of context\n",
                     NET_BUFFER_LIST_FIRST_NB(list) != NULL ? "its NET_BUFFER" : "nothing",
                     NET_BUFFER_LIST_CONTEXT_DATA_SIZE(list));
            NdisFreeNetBufferList(list);
        }
        NdisFreeNetBufferListPool(listPool);
    }
    return STATUS_SUCCESS;
}
