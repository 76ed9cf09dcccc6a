#include <ndis.h>

#define DEFAULT_VLAN 1
#define HIGHEST_VLAN 4094

static NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
FILTER_ATTACH Attach;
FILTER_DETACH Detach;
FILTER_RESTART Restart;
FILTER_PAUSE Pause;

static NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics = {
    .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, NDIS_FILTER_CHARACTERISTICS_REVISION_2,
                NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
    .MajorNdisVersion = 6,
    .MinorNdisVersion = 30,
    .FriendlyName = RTL_CONSTANT_STRING(L"read configuration"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d07}"),
    .ServiceName = RTL_CONSTANT_STRING(L"CONFIG"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
};

/* The value of a keyword, or the default where there is none or it is out of range. */
static ULONG ReadNumber(NDIS_HANDLE Configuration, PNDIS_STRING Keyword, ULONG Highest, ULONG Default)
{
    PNDIS_CONFIGURATION_PARAMETER value;
    NDIS_STATUS status;

    NdisReadConfiguration(&status, &value, Configuration, Keyword, NdisParameterInteger);
    if (status != NDIS_STATUS_SUCCESS || value->ParameterType != NdisParameterInteger ||
        value->ParameterData.IntegerData > Highest) {
        return Default;
    }
    return value->ParameterData.IntegerData;
}

NDIS_STATUS Restart(NDIS_HANDLE Filter, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    NDIS_STRING keyword = NDIS_STRING_CONST("VlanId");
    NDIS_CONFIGURATION_OBJECT object = {
        .Header = { NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT, NDIS_CONFIGURATION_OBJECT_REVISION_1,
                    NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1 },
        .NdisHandle = Filter,
    };
    NDIS_HANDLE configuration;
    ULONG vlan = DEFAULT_VLAN;

    UNREFERENCED_PARAMETER(RestartParameters);
    if (NdisOpenConfigurationEx(&object, &configuration) == NDIS_STATUS_SUCCESS) {
        vlan = ReadNumber(configuration, &keyword, HIGHEST_VLAN, DEFAULT_VLAN);
        NdisCloseConfiguration(configuration);
    } else {
        DbgPrint("no configuration\n");
    }
    DbgPrint("VLAN %u\n", vlan);
    return NDIS_STATUS_SUCCESS;
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

NDIS_STATUS Pause(NDIS_HANDLE Filter, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    UNREFERENCED_PARAMETER(Filter);
    UNREFERENCED_PARAMETER(PauseParameters);
    return NDIS_STATUS_SUCCESS;
}
