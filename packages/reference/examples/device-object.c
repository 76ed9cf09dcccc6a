#include <ndis.h>

/* What this driver keeps with its device. */
typedef struct _EXTENSION {
    LONG Requests;
} EXTENSION, *PEXTENSION;

static NDIS_HANDLE DeviceHandle;
static PDEVICE_OBJECT Device;
static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
DRIVER_DISPATCH Dispatch;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"a device object"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d08}"),
    .ServiceName = RTL_CONSTANT_STRING(L"DEVICE"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
};

/* An application opened, closed or asked something. */
NTSTATUS Dispatch(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PEXTENSION extension = NdisGetDeviceReservedExtension(DeviceObject);

    InterlockedIncrement(&extension->Requests);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NDIS_STATUS CreateDevice(VOID)
{
    static UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Counter");
    static UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\Counter");
    PDRIVER_DISPATCH dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1] = {
        [IRP_MJ_CREATE] = Dispatch,
        [IRP_MJ_CLEANUP] = Dispatch,
        [IRP_MJ_CLOSE] = Dispatch,
    };
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes = {
        .Header = { NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES, NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1,
                    NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1 },
        .DeviceName = &name,
        .SymbolicName = &link,
        .MajorFunctions = dispatch,
        .ExtensionSize = sizeof(EXTENSION),
    };

    return NdisRegisterDeviceEx(DriverHandle, &attributes, &Device, &DeviceHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PEXTENSION extension;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = Unload;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &Characteristics, &DriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    status = CreateDevice();
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFDeregisterFilterDriver(DriverHandle);
        return status;
    }
    extension = NdisGetDeviceReservedExtension(Device);
    DbgPrint("the device is there, %d requests so far\n", extension->Requests);
    return STATUS_SUCCESS;
}

VOID Unload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterDeviceEx(DeviceHandle); /* its extension goes with it */
    NdisFDeregisterFilterDriver(DriverHandle);
}

/* A module of this filter remembers nothing, so its context is its handle. */
NDIS_STATUS Attach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                   PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES attributes = {
        .Header = { NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES, NDIS_FILTER_ATTRIBUTES_REVISION_1,
                    NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1 },
    };

    UNREFERENCED_PARAMETER(FilterDriverContext);
    UNREFERENCED_PARAMETER(AttachParameters);
    return NdisFSetAttributes(NdisFilterHandle, NdisFilterHandle, &attributes);
}

VOID Detach(NDIS_HANDLE Filter)
{
    UNREFERENCED_PARAMETER(Filter);
}

NDIS_STATUS Restart(NDIS_HANDLE Filter, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    UNREFERENCED_PARAMETER(Filter);
    UNREFERENCED_PARAMETER(RestartParameters);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Pause(NDIS_HANDLE Filter, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(Filter);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}
