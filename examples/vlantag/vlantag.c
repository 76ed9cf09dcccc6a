/*
 * A lightweight filter that puts every untagged frame it receives into VLAN 42. It shows how a filter passes on a
 * frame of its own in place of the one it got: a list from its own pool, with the original as its parent until the
 * list comes back. Compile it with -D LEAK to see a mistake that no test of the data would find.
 */
#include <ndis.h>

#define FILTER_TAG 'vPLF'
#define VLAN_ID 42
#define ADDRESSES 12 /* bytes of destination and source */
#define TAG_LENGTH 4
#define ROOM 2048

typedef struct _FILTER_MODULE {
    NDIS_HANDLE FilterHandle;
    NDIS_HANDLE ListPool;
} FILTER_MODULE, *PFILTER_MODULE;

static NDIS_HANDLE FilterDriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_ATTACH FilterAttach;
FILTER_DETACH FilterDetach;
FILTER_RESTART FilterRestart;
FILTER_PAUSE FilterPause;
FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS characteristics;

    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&characteristics, sizeof(characteristics));
    characteristics.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    characteristics.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    characteristics.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    characteristics.MajorNdisVersion = 6;
    characteristics.MinorNdisVersion = 30;
    RtlInitUnicodeString(&characteristics.FriendlyName, L"ndislab VLAN tagger");
    RtlInitUnicodeString(&characteristics.UniqueName, L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2c02}");
    RtlInitUnicodeString(&characteristics.ServiceName, L"VLANTAG");
    characteristics.AttachHandler = FilterAttach;
    characteristics.DetachHandler = FilterDetach;
    characteristics.RestartHandler = FilterRestart;
    characteristics.PauseHandler = FilterPause;
    characteristics.ReceiveNetBufferListsHandler = FilterReceive;
    characteristics.ReturnNetBufferListsHandler = FilterReturn;

    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &characteristics, &FilterDriverHandle);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}

NDIS_STATUS FilterAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                         PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NET_BUFFER_LIST_POOL_PARAMETERS pool;
    NDIS_FILTER_ATTRIBUTES attributes;
    PFILTER_MODULE module;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    UNREFERENCED_PARAMETER(AttachParameters);

    module = NdisAllocateMemoryWithTagPriority(NdisFilterHandle, sizeof(*module), FILTER_TAG, NormalPoolPriority);
    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    module->FilterHandle = NdisFilterHandle;

    NdisZeroMemory(&pool, sizeof(pool));
    pool.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    pool.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    pool.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    pool.fAllocateNetBuffer = TRUE;
    pool.DataSize = ROOM;
    pool.PoolTag = FILTER_TAG;
    module->ListPool = NdisAllocateNetBufferListPool(NdisFilterHandle, &pool);
    if (module->ListPool == NULL) {
        NdisFreeMemory(module, 0, 0);
        return NDIS_STATUS_RESOURCES;
    }

    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    return NdisFSetAttributes(NdisFilterHandle, module, &attributes);
}

VOID FilterDetach(NDIS_HANDLE FilterModuleContext)
{
    PFILTER_MODULE module = FilterModuleContext;

    NdisFreeNetBufferListPool(module->ListPool);
    NdisFreeMemory(module, 0, 0);
}

NDIS_STATUS FilterRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS FilterPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}

/* True for a frame that has no tag yet and fits a list of the pool with one. */
static BOOLEAN WantsTag(PNET_BUFFER NetBuffer)
{
    UCHAR storage[ADDRESSES + 2];
    PUCHAR header = NdisGetDataBuffer(NetBuffer, sizeof(storage), storage, 1, 0);

    return header != NULL && NET_BUFFER_DATA_LENGTH(NetBuffer) + TAG_LENGTH <= ROOM &&
           !(header[ADDRESSES] == 0x81 && header[ADDRESSES + 1] == 0x00);
}

/* A list of the pool with the frame and a tag between addresses and type; NULL when the frame stays as it is. */
static PNET_BUFFER_LIST TaggedCopy(PFILTER_MODULE Module, PNET_BUFFER_LIST Original)
{
    static const UCHAR tag[TAG_LENGTH] = {0x81, 0x00, VLAN_ID >> 8, VLAN_ID & 0xFF};
    PNET_BUFFER from = NET_BUFFER_LIST_FIRST_NB(Original);
    ULONG length = NET_BUFFER_DATA_LENGTH(from);
    PNET_BUFFER_LIST list;
    PNET_BUFFER to;
    ULONG copied;
    PUCHAR data;

    if (!WantsTag(from)) {
        return NULL;
    }
    list = NdisAllocateNetBufferList(Module->ListPool, 0, 0);
    if (list == NULL) {
        return NULL;
    }
    to = NET_BUFFER_LIST_FIRST_NB(list);
    NdisCopyFromNetBufferToNetBuffer(to, 0, ADDRESSES, from, 0, &copied);
    NdisCopyFromNetBufferToNetBuffer(to, ADDRESSES + TAG_LENGTH, length - ADDRESSES, from, ADDRESSES, &copied);
    NET_BUFFER_DATA_LENGTH(to) = length + TAG_LENGTH;
    data = MmGetSystemAddressForMdlSafe(NET_BUFFER_CURRENT_MDL(to), NormalPagePriority);
    if (data == NULL) {
        NdisFreeNetBufferList(list);
        return NULL;
    }
    NdisMoveMemory(data + ADDRESSES, tag, TAG_LENGTH);
    list->SourceHandle = Module->FilterHandle;
    list->ParentNetBufferList = Original;
    return list;
}

#ifdef LEAK
static BOOLEAN IsBroadcast(PNET_BUFFER_LIST List)
{
    UCHAR storage[6];
    PUCHAR address = NdisGetDataBuffer(NET_BUFFER_LIST_FIRST_NB(List), sizeof(storage), storage, 1, 0);

    return address != NULL && (address[0] & 1) != 0;
}
#endif

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNET_BUFFER_LIST first = NULL;
    PNET_BUFFER_LIST *end = &first;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST next;

    for (list = NetBufferLists; list != NULL; list = next) {
        PNET_BUFFER_LIST tagged = TaggedCopy(module, list);

        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        *end = tagged != NULL ? tagged : list;
        end = &NET_BUFFER_LIST_NEXT_NBL(*end);
    }
    NdisFIndicateReceiveNetBufferLists(module->FilterHandle, first, PortNumber, NumberOfNetBufferLists, ReceiveFlags);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNET_BUFFER_LIST list;
    PNET_BUFFER_LIST next;

    for (list = NetBufferLists; list != NULL; list = next) {
        PNET_BUFFER_LIST original = list;

        next = NET_BUFFER_LIST_NEXT_NBL(list);
        NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
        if (NdisGetPoolFromNetBufferList(list) == module->ListPool) {
            original = list->ParentNetBufferList;
#ifdef LEAK
            /* Broadcast frames take another path here, which forgets one call. */
            if (IsBroadcast(original)) {
                NdisFReturnNetBufferLists(module->FilterHandle, original, ReturnFlags);
                continue;
            }
#endif
            NdisFreeNetBufferList(list);
        }
        NdisFReturnNetBufferLists(module->FilterHandle, original, ReturnFlags);
    }
}
