#include <ndis.h>

#define TAG 'scod'
#define FRAME_SIZE 120
#define HEADER_SIZE 20
#define MOST 40

static VOID Show(PCSTR What, PNET_BUFFER_LIST List)
{
    PNET_BUFFER netBuffer;

    for (netBuffer = NET_BUFFER_LIST_FIRST_NB(List); netBuffer != NULL; netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        DbgPrint("%s: offset %u, length %u\n", What, NET_BUFFER_DATA_OFFSET(netBuffer),
                 NET_BUFFER_DATA_LENGTH(netBuffer));
    }
}

/* Cuts a frame into pieces with a header each, and puts them together again. */
static VOID FragmentAndReassemble(PNET_BUFFER_LIST Original, NDIS_HANDLE Pool)
{
    PNET_BUFFER_LIST fragments, whole;
    PNET_BUFFER netBuffer;
    PUCHAR header;

    fragments = NdisAllocateFragmentNetBufferList(Original, Pool, NULL, HEADER_SIZE, MOST, HEADER_SIZE, 0, 0);
    if (fragments == NULL) {
        return;
    }
    for (netBuffer = NET_BUFFER_LIST_FIRST_NB(fragments); netBuffer != NULL;
         netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        header = NdisGetDataBuffer(netBuffer, HEADER_SIZE, NULL, 1, 0); /* in one piece: the MDL of the retreat */
        if (header != NULL) {
            NdisFillMemory(header, HEADER_SIZE, 0xff);
        }
    }
    Show("fragment", fragments);

    whole = NdisAllocateReassembledNetBufferList(fragments, Pool, HEADER_SIZE, HEADER_SIZE, 0, 0);
    if (whole != NULL) {
        Show("whole", whole);
        NdisFreeReassembledNetBufferList(whole, HEADER_SIZE, 0);
    }
    NdisFreeFragmentNetBufferList(fragments, HEADER_SIZE, 0);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST original = NULL;
    PMDL mdl = NULL;
    PUCHAR frame;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.fAllocateNetBuffer = TRUE;
    parameters.PoolTag = TAG;
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    frame = NdisAllocateMemoryWithTagPriority(NULL, FRAME_SIZE, TAG, NormalPoolPriority);
    if (frame != NULL) {
        mdl = NdisAllocateMdl(NULL, frame, FRAME_SIZE);
    }
    if (pool != NULL && mdl != NULL) {
        original = NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, mdl, 0, FRAME_SIZE);
    }
    if (original != NULL) {
        Show("original", original);
        FragmentAndReassemble(original, pool);
        NdisFreeNetBufferList(original);
    }
    if (mdl != NULL) {
        NdisFreeMdl(mdl);
    }
    if (frame != NULL) {
        NdisFreeMemory(frame, 0, 0);
    }
    if (pool != NULL) {
        NdisFreeNetBufferListPool(pool);
    }
    return STATUS_SUCCESS;
}
