#include <ndis.h>

#define KEY_LENGTH 16

static UCHAR Key[KEY_LENGTH];
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
    .FriendlyName = RTL_CONSTANT_STRING(L"read bytes of a setting"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d14}"),
    .ServiceName = RTL_CONSTANT_STRING(L"BYTES"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
};

/* The bytes of a setting, or none where it is missing, of another type or of another length. */
static BOOLEAN ReadBytes(NDIS_HANDLE Configuration, PNDIS_STRING Keyword, PVOID Bytes, USHORT Length)
{
    PNDIS_CONFIGURATION_PARAMETER value;
    const BINARY_DATA *data;
    NDIS_STATUS status;

    NdisReadConfiguration(&status, &value, Configuration, Keyword, NdisParameterBinary);
    if (status != NDIS_STATUS_SUCCESS || value->ParameterType != NdisParameterBinary) {
        return FALSE;
    }
    data = &value->ParameterData.BinaryData;
    if (data->Length != Length) {
        return FALSE;
    }
    NdisMoveMemory(Bytes, data->Buffer, Length); /* they go when the configuration is closed */
    return TRUE;
}

NDIS_STATUS Restart(NDIS_HANDLE Filter, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    NDIS_STRING keyword = NDIS_STRING_CONST("Key");
    NDIS_CONFIGURATION_OBJECT object = {
        .Header = { NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT, NDIS_CONFIGURATION_OBJECT_REVISION_1,
                    NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1 },
        .NdisHandle = Filter,
    };
    NDIS_HANDLE configuration;
    BOOLEAN found = FALSE;

    UNREFERENCED_PARAMETER(RestartParameters);
    if (NdisOpenConfigurationEx(&object, &configuration) == NDIS_STATUS_SUCCESS) {
        found = ReadBytes(configuration, &keyword, Key, KEY_LENGTH);
        NdisCloseConfiguration(configuration);
    }
    DbgPrint("%s\n", found ? "a key" : "no key");
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
