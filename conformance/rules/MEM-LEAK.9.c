/* A filter makes a device object when its module restarts, and nobody removes it. */
#include "device.h"

static FILTER_RESTART RestartWithDevice;
static FILTER_PAUSE PauseWithoutDevice;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = RestartWithDevice;
    Characteristics->PauseHandler = PauseWithoutDevice;
}

static NDIS_STATUS RestartWithDevice(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
    AttributesOfDevice(&attributes);
    return NdisRegisterDeviceEx(FilterDriverHandle, &attributes, &Device, &DeviceHandle); /* at, allocated MEM-LEAK */
}

static NDIS_STATUS PauseWithoutDevice(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Parameters);
#ifndef MISTAKE
    NdisDeregisterDeviceEx(DeviceHandle);
#endif
    return NDIS_STATUS_SUCCESS;
}
