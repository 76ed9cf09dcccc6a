/* direction: send */
#include <ndis.h>

#define TAG 'dneS'
#define FRAME_SIZE 60

/* One instance of the filter on one adapter. */
typedef struct _MODULE {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Pool;
    UCHAR Address[6];
    LONG Greeted;
    LONG Pending; /* frames of our own on their way, and one more until the pause */
} MODULE, *PMODULE;

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
FILTER_SEND_NET_BUFFER_LISTS Send;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE SendComplete;
FILTER_CANCEL_SEND_NET_BUFFER_LISTS CancelSend;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"send a frame of one's own"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d03}"),
    .ServiceName = RTL_CONSTANT_STRING(L"SENDOWN"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
    .SendNetBufferListsHandler = Send,
    .SendNetBufferListsCompleteHandler = SendComplete,
    .CancelSendNetBufferListsHandler = CancelSend,
};

static VOID SendGreeting(PMODULE Module)
{
    PNET_BUFFER_LIST list = NdisAllocateNetBufferList(Module->Pool, 0, 0);
    PUCHAR frame;

    if (list == NULL) {
        return;
    }
    NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(list)) = FRAME_SIZE;
    frame = NdisGetDataBuffer(NET_BUFFER_LIST_FIRST_NB(list), FRAME_SIZE, NULL, 1, 0);
    if (frame == NULL) {
        NdisFreeNetBufferList(list);
        return;
    }
    NdisZeroMemory(frame, FRAME_SIZE);
    NdisFillMemory(frame, 6, 0xff);
    NdisMoveMemory(frame + 6, Module->Address, sizeof(Module->Address));
    frame[12] = 0x88; /* an EtherType for experiments */
    frame[13] = 0xb5;

    list->SourceHandle = Module->Handle; /* the way back */
    InterlockedIncrement(&Module->Pending);
    NdisFSendNetBufferLists(Module->Handle, list, NDIS_DEFAULT_PORT_NUMBER, 0);
}

VOID Send(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    PMODULE module = Context;

    /* No pause begins while lists from above are in hand. */
    if (InterlockedExchange(&module->Greeted, TRUE) == FALSE) {
        SendGreeting(module);
    }
    NdisFSendNetBufferLists(module->Handle, Lists, Port, Flags);
}

/* Lists of ours and of drivers above can come in one chain: ours end here, the others go on upwards. */
VOID SendComplete(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG Flags)
{
    PMODULE module = Context;
    PNET_BUFFER_LIST others = NULL, *end = &others;
    PNET_BUFFER_LIST list, next;
    ULONG count = 0;

    for (list = Lists; list != NULL; list = next) {
        next = NET_BUFFER_LIST_NEXT_NBL(list);
        if (list->SourceHandle == module->Handle) {
            DbgPrint("our frame is sent, status %x\n", NET_BUFFER_LIST_STATUS(list));
            NET_BUFFER_LIST_NEXT_NBL(list) = NULL;
            NdisFreeNetBufferList(list);
            if (InterlockedDecrement(&module->Pending) == 0) {
                NdisFPauseComplete(module->Handle);
            }
        } else {
            *end = list;
            end = &NET_BUFFER_LIST_NEXT_NBL(list);
            count++;
        }
    }
    *end = NULL;
    if (others != NULL) {
        DbgPrint("%u frames from above are sent\n", count);
        NdisFSendNetBufferListsComplete(module->Handle, others, Flags);
    }
}

/* Nothing is queued here, so there is nothing to cancel here: the driver below may have something. */
VOID CancelSend(NDIS_HANDLE Context, PVOID CancelId)
{
    PMODULE module = Context;

    NdisFCancelSendNetBufferLists(module->Handle, CancelId);
}

NDIS_STATUS Restart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PMODULE module = Context;

    UNREFERENCED_PARAMETER(RestartParameters);
    module->Pending = 1;
    module->Greeted = FALSE;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Pause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PMODULE module = Context;

    UNREFERENCED_PARAMETER(PauseParameters);
    return InterlockedDecrement(&module->Pending) == 0 ? NDIS_STATUS_SUCCESS : NDIS_STATUS_PENDING;
}

static NDIS_STATUS Fill(PMODULE Module, PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES attributes = {
        .Header = { NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES, NDIS_FILTER_ATTRIBUTES_REVISION_1,
                    NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1 },
    };
    NET_BUFFER_LIST_POOL_PARAMETERS pool = {
        .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                    NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 },
        .fAllocateNetBuffer = TRUE,
        .PoolTag = TAG,
        .DataSize = FRAME_SIZE,
    };
    NDIS_STATUS status;

    NdisMoveMemory(Module->Address, AttachParameters->CurrentMacAddress, sizeof(Module->Address));
    Module->Pool = NdisAllocateNetBufferListPool(Module->Handle, &pool);
    if (Module->Pool == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    status = NdisFSetAttributes(Module->Handle, Module, &attributes);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeNetBufferListPool(Module->Pool);
    }
    return status;
}

NDIS_STATUS Attach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                   PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    PMODULE module;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);

    if (AttachParameters->MiniportMediaType != NdisMedium802_3) {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    module = NdisAllocateMemoryWithTagPriority(NdisFilterHandle, sizeof(*module), TAG, NormalPoolPriority);
    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(module, sizeof(*module));
    module->Handle = NdisFilterHandle;
    status = Fill(module, AttachParameters);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(module, 0, 0);
    }
    return status;
}

VOID Detach(NDIS_HANDLE Context)
{
    PMODULE module = Context;

    NdisFreeNetBufferListPool(module->Pool);
    NdisFreeMemory(module, 0, 0);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = Unload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &Characteristics, &DriverHandle);
}

VOID Unload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(DriverHandle);
}
