/*
 * A lightweight filter that passes every packet, request and event on: the smallest whole NDIS 6 filter, and the
 * place to start from. It builds with the WDK as it is.
 */
#include <ndis.h>

#define FILTER_TAG 'saPF'

/* One instance of the filter on one adapter. */
typedef struct _FILTER_MODULE {
    NDIS_HANDLE FilterHandle;
    NDIS_OID OutstandingOid;
    ULONG64 Received;
    ULONG64 Sent;
} FILTER_MODULE, *PFILTER_MODULE;

/* Kept in a cloned request, so that its completion finds the original. */
typedef struct _REQUEST_CONTEXT {
    PNDIS_OID_REQUEST Original;
} REQUEST_CONTEXT, *PREQUEST_CONTEXT;

static NDIS_HANDLE FilterDriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_ATTACH FilterAttach;
FILTER_DETACH FilterDetach;
FILTER_RESTART FilterRestart;
FILTER_PAUSE FilterPause;
FILTER_SEND_NET_BUFFER_LISTS FilterSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FilterSendComplete;
FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;
FILTER_OID_REQUEST FilterOidRequest;
FILTER_OID_REQUEST_COMPLETE FilterOidRequestComplete;
FILTER_STATUS FilterStatus;

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
    characteristics.MajorDriverVersion = 1;
    RtlInitUnicodeString(&characteristics.FriendlyName, L"ndislab pass-through");
    RtlInitUnicodeString(&characteristics.UniqueName, L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2c01}");
    RtlInitUnicodeString(&characteristics.ServiceName, L"PASSTHRU");
    characteristics.AttachHandler = FilterAttach;
    characteristics.DetachHandler = FilterDetach;
    characteristics.RestartHandler = FilterRestart;
    characteristics.PauseHandler = FilterPause;
    characteristics.SendNetBufferListsHandler = FilterSend;
    characteristics.SendNetBufferListsCompleteHandler = FilterSendComplete;
    characteristics.ReceiveNetBufferListsHandler = FilterReceive;
    characteristics.ReturnNetBufferListsHandler = FilterReturn;
    characteristics.OidRequestHandler = FilterOidRequest;
    characteristics.OidRequestCompleteHandler = FilterOidRequestComplete;
    characteristics.StatusHandler = FilterStatus;

    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &characteristics, &FilterDriverHandle);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}

NDIS_STATUS FilterAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                         PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES attributes;
    PFILTER_MODULE module;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);

    if (AttachParameters->MiniportMediaType != NdisMedium802_3) {
        return NDIS_STATUS_INVALID_PARAMETER;
    }
    module = NdisAllocateMemoryWithTagPriority(NdisFilterHandle, sizeof(*module), FILTER_TAG, NormalPoolPriority);
    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(module, sizeof(*module));
    module->FilterHandle = NdisFilterHandle;

    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    status = NdisFSetAttributes(NdisFilterHandle, module, &attributes);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(module, 0, 0);
    }
    return status;
}

VOID FilterDetach(NDIS_HANDLE FilterModuleContext)
{
    NdisFreeMemory(FilterModuleContext, 0, 0);
}

NDIS_STATUS FilterRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS FilterPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PFILTER_MODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    DbgPrint("passthru: %I64u lists received, %I64u sent\n", module->Received, module->Sent);
    return NDIS_STATUS_SUCCESS;
}

VOID FilterSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber,
                ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNET_BUFFER_LIST list;

    for (list = NetBufferList; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        module->Sent++;
    }
    NdisFSendNetBufferLists(module->FilterHandle, NetBufferList, PortNumber, SendFlags);
}

VOID FilterSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    NdisFSendNetBufferListsComplete(module->FilterHandle, NetBufferList, SendCompleteFlags);
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    module->Received += NumberOfNetBufferLists;
    NdisFIndicateReceiveNetBufferLists(module->FilterHandle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}

VOID FilterReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    NdisFReturnNetBufferLists(module->FilterHandle, NetBufferLists, ReturnFlags);
}

NDIS_STATUS FilterOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNDIS_OID_REQUEST clone = NULL;
    NDIS_STATUS status;

    status = NdisAllocateCloneOidRequest(module->FilterHandle, OidRequest, FILTER_TAG, &clone);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    ((PREQUEST_CONTEXT)&clone->SourceReserved[0])->Original = OidRequest;
    clone->RequestId = OidRequest->RequestId;

    status = NdisFOidRequest(module->FilterHandle, clone);
    if (status != NDIS_STATUS_PENDING) {
        FilterOidRequestComplete(module, clone, status);
    }
    return NDIS_STATUS_PENDING;
}

VOID FilterOidRequestComplete(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNDIS_OID_REQUEST original = ((PREQUEST_CONTEXT)&OidRequest->SourceReserved[0])->Original;

    switch (OidRequest->RequestType) {
    case NdisRequestQueryInformation:
    case NdisRequestQueryStatistics:
        original->DATA.QUERY_INFORMATION.BytesWritten = OidRequest->DATA.QUERY_INFORMATION.BytesWritten;
        original->DATA.QUERY_INFORMATION.BytesNeeded = OidRequest->DATA.QUERY_INFORMATION.BytesNeeded;
        break;
    case NdisRequestSetInformation:
        original->DATA.SET_INFORMATION.BytesRead = OidRequest->DATA.SET_INFORMATION.BytesRead;
        original->DATA.SET_INFORMATION.BytesNeeded = OidRequest->DATA.SET_INFORMATION.BytesNeeded;
        break;
    default:
        original->DATA.METHOD_INFORMATION.BytesWritten = OidRequest->DATA.METHOD_INFORMATION.BytesWritten;
        original->DATA.METHOD_INFORMATION.BytesRead = OidRequest->DATA.METHOD_INFORMATION.BytesRead;
        original->DATA.METHOD_INFORMATION.BytesNeeded = OidRequest->DATA.METHOD_INFORMATION.BytesNeeded;
        break;
    }
    NdisFreeCloneOidRequest(module->FilterHandle, OidRequest);
    NdisFOidRequestComplete(module->FilterHandle, original, Status);
}

VOID FilterStatus(NDIS_HANDLE FilterModuleContext, PNDIS_STATUS_INDICATION StatusIndication)
{
    PFILTER_MODULE module = FilterModuleContext;

    NdisFIndicateStatus(module->FilterHandle, StatusIndication);
}
