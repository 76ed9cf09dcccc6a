#include <ndis.h>

#define TAG 'scod'
#define FRAME_SIZE 100
#define HEADROOM 20
#define TAG_SIZE 4

static VOID Show(PCSTR What, PNET_BUFFER_LIST List)
{
    PNET_BUFFER netBuffer;

    for (netBuffer = NET_BUFFER_LIST_FIRST_NB(List); netBuffer != NULL; netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        DbgPrint("%s: offset %u, length %u\n", What, NET_BUFFER_DATA_OFFSET(netBuffer),
                 NET_BUFFER_DATA_LENGTH(netBuffer));
    }
}

/* Makes a clone to send another way, with a tag in front that the original does not get. */
static PNET_BUFFER_LIST MakeTagged(PNET_BUFFER_LIST Original)
{
    PNET_BUFFER_LIST clone = NdisAllocateCloneNetBufferList(Original, NULL, NULL, 0);

    if (clone == NULL) {
        return NULL;
    }
    if (NdisRetreatNetBufferListDataStart(clone, TAG_SIZE, 0, NULL, NULL) != NDIS_STATUS_SUCCESS) {
        NdisFreeCloneNetBufferList(clone, 0);
        return NULL;
    }
    NdisCopySendNetBufferListInfo(clone, Original);
    clone->ParentNetBufferList = Original;
    NdisInterlockedIncrement(&Original->ChildRefCount);
    return clone;
}

/* When a clone is back: the original may go once it was the last. */
static BOOLEAN FreeTagged(PNET_BUFFER_LIST Clone)
{
    PNET_BUFFER_LIST original = Clone->ParentNetBufferList;

    NdisAdvanceNetBufferListDataStart(Clone, TAG_SIZE, TRUE, NULL);
    NdisFreeCloneNetBufferList(Clone, 0);
    return NdisInterlockedDecrement(&original->ChildRefCount) == 0;
}

static VOID UseList(PNET_BUFFER_LIST Original)
{
    PNET_BUFFER_LIST clone = MakeTagged(Original);

    Show("original", Original);
    if (clone != NULL) {
        Show("clone", clone);
        DbgPrint("last child: %s\n", FreeTagged(clone) ? "yes" : "no");
    }
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
        original = NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, mdl, HEADROOM, FRAME_SIZE - HEADROOM);
    }
    if (original != NULL) {
        UseList(original);
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
