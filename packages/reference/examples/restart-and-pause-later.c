#include <ndis.h>

#define TAG 'retL'

/* One instance of the filter on one adapter. */
typedef struct _MODULE {
    NDIS_HANDLE Handle;
    NDIS_OID_REQUEST Request; /* one at a time is on its way */
    ULONG64 Received;
    BOOLEAN Pausing;
} MODULE, *PMODULE;

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
FILTER_OID_REQUEST_COMPLETE OidRequestComplete;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"restart and pause later"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d05}"),
    .ServiceName = RTL_CONSTANT_STRING(L"LATER"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
    .OidRequestCompleteHandler = OidRequestComplete,
};

/* Asks the adapter how much it has received. */
static NDIS_STATUS ReadCounter(PMODULE Module)
{
    PNDIS_OID_REQUEST request = &Module->Request;

    NdisZeroMemory(request, sizeof(*request));
    request->Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    request->Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    request->Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    request->RequestType = NdisRequestQueryInformation;
    request->DATA.QUERY_INFORMATION.Oid = OID_GEN_RCV_OK;
    request->DATA.QUERY_INFORMATION.InformationBuffer = &Module->Received;
    request->DATA.QUERY_INFORMATION.InformationBufferLength = sizeof(Module->Received);
    return NdisFOidRequest(Module->Handle, request);
}

NDIS_STATUS Restart(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PMODULE module = Context;

    UNREFERENCED_PARAMETER(RestartParameters);
    DbgPrint("restart begins\n");
    module->Pausing = FALSE;
    return ReadCounter(module);
}

/* A pause cannot fail. */
NDIS_STATUS Pause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PMODULE module = Context;

    UNREFERENCED_PARAMETER(PauseParameters);
    DbgPrint("pause begins\n");
    module->Pausing = TRUE;
    return ReadCounter(module) == NDIS_STATUS_PENDING ? NDIS_STATUS_PENDING : NDIS_STATUS_SUCCESS;
}

VOID OidRequestComplete(NDIS_HANDLE Context, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    PMODULE module = Context;

    UNREFERENCED_PARAMETER(Request);

    if (module->Pausing) {
        DbgPrint("paused\n");
        NdisFPauseComplete(module->Handle);
    } else {
        /* A stack that completes requests at DISPATCH_LEVEL needs a work item here. */
        NT_ASSERT(KeGetCurrentIrql() == PASSIVE_LEVEL);
        DbgPrint("restarted, status %x\n", Status);
        NdisFRestartComplete(module->Handle, Status);
    }
}

NDIS_STATUS Attach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                   PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES attributes = {
        .Header = { NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES, NDIS_FILTER_ATTRIBUTES_REVISION_1,
                    NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1 },
    };
    PMODULE module;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    UNREFERENCED_PARAMETER(AttachParameters);

    module = NdisAllocateMemoryWithTagPriority(NdisFilterHandle, sizeof(*module), TAG, NormalPoolPriority);
    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    module->Handle = NdisFilterHandle;
    status = NdisFSetAttributes(NdisFilterHandle, module, &attributes);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(module, 0, 0);
    }
    return status;
}

VOID Detach(NDIS_HANDLE Context)
{
    NdisFreeMemory(Context, 0, 0);
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
