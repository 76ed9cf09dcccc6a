/* The device of the service is removed when the filter pauses, and once more when it detaches. */
#include "device.h"

static FILTER_RESTART RestartWithDevice;
static FILTER_PAUSE PauseWithoutDevice;
static FILTER_DETACH DetachWithoutDevice;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = RestartWithDevice;
    Characteristics->PauseHandler = PauseWithoutDevice;
    Characteristics->DetachHandler = DetachWithoutDevice;
}

static NDIS_STATUS RestartWithDevice(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    AttributesOfDevice(&attributes);
    return NdisRegisterDeviceEx(FilterDriverHandle, &attributes, &Device, &DeviceHandle); /* allocated MEM-DFREE */
}

static NDIS_STATUS PauseWithoutDevice(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    NdisDeregisterDeviceEx(DeviceHandle);
#ifndef MISTAKE
    DeviceHandle = NULL;
#endif
    return NDIS_STATUS_SUCCESS;
}

static VOID DetachWithoutDevice(NDIS_HANDLE Context)
{
    if (DeviceHandle != NULL) {
        NdisDeregisterDeviceEx(DeviceHandle); /* at MEM-DFREE */
    }
    FilterDetach(Context);
}
