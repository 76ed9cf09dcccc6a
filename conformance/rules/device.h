/* A device object for the service of the filter, which applications open. */
#pragma once

#include "filter.h"

static PDEVICE_OBJECT Device;
static NDIS_HANDLE DeviceHandle;

static VOID AttributesOfDevice(PNDIS_DEVICE_OBJECT_ATTRIBUTES Attributes)
{
    static UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Conformance");
    static UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\Conformance");
    static PDRIVER_DISPATCH dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];

    NdisZeroMemory(Attributes, sizeof(*Attributes));
    Attributes->Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    Attributes->Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes->Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    Attributes->DeviceName = &name;
    Attributes->SymbolicName = &link;
    Attributes->MajorFunctions = dispatch;
}
