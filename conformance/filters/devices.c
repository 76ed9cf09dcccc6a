/* fails: allocation 4 */
/* A filter makes device objects for its service: with room of its own, without, and none where it cannot be. */
#include "../rules/filter.h"

static FILTER_RESTART RestartAndMake;
static FILTER_PAUSE PauseAndRemove;
DRIVER_DISPATCH Dispatch;

static PDEVICE_OBJECT Device;
static NDIS_HANDLE DeviceHandle;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = RestartAndMake;
    Characteristics->PauseHandler = PauseAndRemove;
}

NTSTATUS Dispatch(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NDIS_STATUS Make(NDIS_HANDLE Driver, ULONG ExtensionSize)
{
    static UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Conformance");
    static UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\Conformance");
    PDRIVER_DISPATCH dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;

    NdisZeroMemory(dispatch, sizeof(dispatch));
    dispatch[IRP_MJ_CREATE] = Dispatch;
    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    attributes.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    attributes.DeviceName = &name;
    attributes.SymbolicName = &link;
    attributes.MajorFunctions = dispatch;
    attributes.ExtensionSize = ExtensionSize;
    Device = (PDEVICE_OBJECT)&attributes;
    return NdisRegisterDeviceEx(Driver, &attributes, &Device, &DeviceHandle);
}

static NDIS_STATUS RestartAndMake(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;
    NDIS_STATUS status;
    PUCHAR extension;

    UNREFERENCED_PARAMETER(RestartParameters);
    status = Make(filter->Handle, 0);
    DbgPrint("with the handle of a module: %x, NULL: %d\n", status, Device == NULL);

    status = Make(FilterDriverHandle, 0);
    DbgPrint("without an extension: %x, extension: %d\n", status, NdisGetDeviceReservedExtension(Device) != NULL);
    NdisDeregisterDeviceEx(DeviceHandle);

    status = Make(FilterDriverHandle, 100);
    DbgPrint("without memory: %x, NULL: %d\n", status, Device == NULL);

    status = Make(FilterDriverHandle, 0xFFFFFFF0);
    DbgPrint("with too much of it: %x, NULL: %d\n", status, Device == NULL);

    status = Make(FilterDriverHandle, 100);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    extension = NdisGetDeviceReservedExtension(Device);
    DbgPrint("with an extension: %x, aligned: %d, zeroes: %d\n", status, ((ULONG_PTR)extension & 7) == 0,
             extension[0] == 0 && extension[99] == 0);
    NdisFillMemory(extension, 100, 0x55);
    DbgPrint("the device beside it: type %d\n", Device->Type);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS PauseAndRemove(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(FilterModuleContext);
    UNREFERENCED_PARAMETER(PauseParameters);
    NdisDeregisterDeviceEx(DeviceHandle);
    DbgPrint("removed\n");
    return NDIS_STATUS_SUCCESS;
}

/* prints
with the handle of a module: c00000bb, NULL: 1
without an extension: 0, extension: 0
without memory: c000009a, NULL: 1
with too much of it: c000009a, NULL: 1
with an extension: 0, aligned: 1, zeroes: 1
the device beside it: type 3
removed
*/
