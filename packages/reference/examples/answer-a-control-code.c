#include <ndis.h>

#define IOCTL_OPENINGS CTL_CODE(FILE_DEVICE_NETWORK, 0x800, METHOD_BUFFERED, FILE_READ_ACCESS)

static LONG Openings;
static PDEVICE_OBJECT Device;
static NDIS_HANDLE DeviceHandle;
static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;
DRIVER_DISPATCH OpenOrClose;
DRIVER_DISPATCH Control;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"answer a control code"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d15}"),
    .ServiceName = RTL_CONSTANT_STRING(L"CONTROL"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
};

static NTSTATUS Answer(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
    IO_STATUS_BLOCK *answer = &Irp->IoStatus;

    answer->Status = Status;
    answer->Information = Information;
    IoCompleteRequest(Irp, IO_NO_INCREMENT); /* from here on it is no longer ours */
    return Status;
}

/* Each opening gets a number, for which nothing has to be freed when it is closed. */
NTSTATUS OpenOrClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(Irp);
    PFILE_OBJECT file = location->FileObject;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (location->MajorFunction == IRP_MJ_CREATE) {
        file->FsContext = (PVOID)(ULONG_PTR)InterlockedIncrement(&Openings);
    }
    return Answer(Irp, STATUS_SUCCESS, 0);
}

/* The lengths are the caller's, and so not to be trusted. */
NTSTATUS Control(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(Irp);

    UNREFERENCED_PARAMETER(DeviceObject);
    if (location->Parameters.DeviceIoControl.IoControlCode != IOCTL_OPENINGS) {
        return Answer(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
    if (location->Parameters.DeviceIoControl.OutputBufferLength < sizeof(Openings)) {
        return Answer(Irp, STATUS_BUFFER_TOO_SMALL, 0);
    }
    *(LONG *)Irp->AssociatedIrp.SystemBuffer = Openings;
    return Answer(Irp, STATUS_SUCCESS, sizeof(Openings));
}

static NDIS_STATUS CreateDevice(VOID)
{
    static UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Openings");
    static UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\Openings");
    PDRIVER_DISPATCH dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1] = {
        [IRP_MJ_CREATE] = OpenOrClose,
        [IRP_MJ_CLEANUP] = OpenOrClose,
        [IRP_MJ_CLOSE] = OpenOrClose,
        [IRP_MJ_DEVICE_CONTROL] = Control,
    };
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes = {
        .Header = { NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES, NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1,
                    NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1 },
        .DeviceName = &name,
        .SymbolicName = &link,
        .MajorFunctions = dispatch,
    };

    return NdisRegisterDeviceEx(DriverHandle, &attributes, &Device, &DeviceHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
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
    DbgPrint("answers control code %08x\n", IOCTL_OPENINGS);
    return STATUS_SUCCESS;
}

VOID Unload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisDeregisterDeviceEx(DeviceHandle);
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
