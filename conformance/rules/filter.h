/*
 * The life of a small lightweight filter, all but its data path. The file that includes this writes the handlers it
 * needs and enters them in SetHandlers; NDIS passes by those that are missing.
 */
#pragma once

#include <ndis.h>

#define FILTER_TAG 'tliF'

/* One instance of the filter on one adapter. */
typedef struct _FILTER {
    NDIS_HANDLE Handle;
    NDIS_HANDLE Pool;
    ULONG Outstanding;
    BOOLEAN Pausing;
} FILTER, *PFILTER;

static NDIS_HANDLE FilterDriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_ATTACH FilterAttach;
FILTER_DETACH FilterDetach;
FILTER_RESTART FilterRestart;
FILTER_PAUSE FilterPause;

/* Written by the file that includes this. */
static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics);

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
    RtlInitUnicodeString(&characteristics.FriendlyName, L"ndislab conformance");
    RtlInitUnicodeString(&characteristics.UniqueName, L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2c02}");
    RtlInitUnicodeString(&characteristics.ServiceName, L"CONFORMANCE");
    characteristics.AttachHandler = FilterAttach;
    characteristics.DetachHandler = FilterDetach;
    characteristics.RestartHandler = FilterRestart;
    characteristics.PauseHandler = FilterPause;
    SetHandlers(&characteristics);

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
    PFILTER filter;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    UNREFERENCED_PARAMETER(AttachParameters);

    filter = NdisAllocateMemoryWithTagPriority(NdisFilterHandle, sizeof(*filter), FILTER_TAG, NormalPoolPriority);
    if (filter == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(filter, sizeof(*filter));
    filter->Handle = NdisFilterHandle;

    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    status = NdisFSetAttributes(NdisFilterHandle, filter, &attributes);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(filter, 0, 0);
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
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}
