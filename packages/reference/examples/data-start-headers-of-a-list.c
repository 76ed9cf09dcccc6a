#include <ndis.h>

#define TAG 'scod'
#define FRAME_SIZE 100
#define HEADER_SIZE 32

static NET_BUFFER_ALLOCATE_MDL AllocateHeader;
static NET_BUFFER_FREE_MDL FreeHeader;

static PMDL AllocateHeader(PULONG BufferSize)
{
    PVOID memory = NdisAllocateMemoryWithTagPriority(NULL, *BufferSize, TAG, NormalPoolPriority);
    PMDL mdl = memory == NULL ? NULL : NdisAllocateMdl(NULL, memory, *BufferSize);

    if (memory != NULL && mdl == NULL) {
        NdisFreeMemory(memory, 0, 0);
    }
    DbgPrint("allocates %u bytes\n", *BufferSize);
    return mdl;
}

static VOID FreeHeader(PMDL Mdl)
{
    PVOID memory = MmGetMdlVirtualAddress(Mdl);

    DbgPrint("frees %u bytes\n", MmGetMdlByteCount(Mdl));
    NdisFreeMdl(Mdl);
    NdisFreeMemory(memory, 0, 0);
}

static VOID Show(PCSTR What, PNET_BUFFER_LIST List)
{
    PNET_BUFFER netBuffer;

    for (netBuffer = NET_BUFFER_LIST_FIRST_NB(List); netBuffer != NULL; netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        DbgPrint("%s: offset %u, length %u\n", What, NET_BUFFER_DATA_OFFSET(netBuffer),
                 NET_BUFFER_DATA_LENGTH(netBuffer));
    }
}

/* What a driver does with a list on its way down, and when it is back. */
static VOID UseList(PNET_BUFFER_LIST List)
{
    Show("made", List);
    if (NdisRetreatNetBufferListDataStart(List, HEADER_SIZE, 0, AllocateHeader, FreeHeader) != NDIS_STATUS_SUCCESS) {
        return; /* and the list is as it was */
    }
    Show("with headers", List);
    NdisAdvanceNetBufferListDataStart(List, HEADER_SIZE, TRUE, FreeHeader);
    Show("without", List);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS listParameters;
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE listPool, pool;
    PNET_BUFFER_LIST list = NULL;
    PNET_BUFFER second = NULL;
    PMDL mdl = NULL;
    PUCHAR frame;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&listParameters, sizeof(listParameters));
    listParameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    listParameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    listParameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    listParameters.fAllocateNetBuffer = TRUE;
    listParameters.PoolTag = TAG;
    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.PoolTag = TAG;

    listPool = NdisAllocateNetBufferListPool(NULL, &listParameters);
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    frame = NdisAllocateMemoryWithTagPriority(NULL, FRAME_SIZE, TAG, NormalPoolPriority);
    if (frame != NULL) {
        mdl = NdisAllocateMdl(NULL, frame, FRAME_SIZE);
    }
    if (listPool != NULL && pool != NULL && mdl != NULL) {
        /* Two NET_BUFFERs over the same bytes; only the first has room for the header. */
        list = NdisAllocateNetBufferAndNetBufferList(listPool, 0, 0, mdl, HEADER_SIZE, FRAME_SIZE - HEADER_SIZE);
        second = NdisAllocateNetBuffer(pool, mdl, 0, FRAME_SIZE);
    }
    if (list != NULL && second != NULL) {
        NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(list)) = second;
        UseList(list);
        NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(list)) = NULL;
    }
    if (second != NULL) {
        NdisFreeNetBuffer(second);
    }
    if (list != NULL) {
        NdisFreeNetBufferList(list);
    }
    if (mdl != NULL) {
        NdisFreeMdl(mdl);
    }
    if (frame != NULL) {
        NdisFreeMemory(frame, 0, 0);
    }
    if (pool != NULL) {
        NdisFreeNetBufferPool(pool);
    }
    if (listPool != NULL) {
        NdisFreeNetBufferListPool(listPool);
    }
    return STATUS_SUCCESS;
}
