#include <ndis.h>

#define HEADER 4

static NET_LUID AdapterId;
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
    .FriendlyName = RTL_CONSTANT_STRING(L"look at the adapter"),
    .UniqueName = RTL_CONSTANT_STRING(L"{7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d10}"),
    .ServiceName = RTL_CONSTANT_STRING(L"LOOKING"),
    .AttachHandler = Attach,
    .DetachHandler = Detach,
    .RestartHandler = Restart,
    .PauseHandler = Pause,
};

/* The header is of the edition that NDIS speaks: members of later ones may be missing. */
static NDIS_STATUS Look(const NDIS_FILTER_ATTACH_PARAMETERS *Adapter)
{
    const UCHAR *mac = Adapter->CurrentMacAddress;

    if (Adapter->MiniportMediaType != NdisMedium802_3 || Adapter->MacAddressLength != ETH_LENGTH_OF_ADDRESS) {
        return NDIS_STATUS_NOT_SUPPORTED; /* not Ethernet */
    }
    DbgPrint("Ethernet%s, %02x:%02x:%02x:%02x:%02x:%02x\n",
             Adapter->MiniportPhysicalMediaType == NdisPhysicalMediumNative802_11 ? " made of 802.11" : "", mac[0],
             mac[1], mac[2], mac[3], mac[4], mac[5]);
    DbgPrint("%I64u Mbit/s, %s\n", Adapter->XmitLinkSpeed / 1000000,
             Adapter->MediaConnectState == MediaConnectStateConnected ? "connected" : "not connected");
    AdapterId = Adapter->BaseMiniportNetLuid; /* lasts, while the index may be another one tomorrow */
    return NDIS_STATUS_SUCCESS;
}

/* What this filter puts in front of each frame is not there for those above. */
static VOID TakeRoom(PNDIS_RESTART_GENERAL_ATTRIBUTES Adapter)
{
    if (Adapter->AccessType == NET_IF_ACCESS_POINT_TO_POINT || Adapter->ConnectionType == NET_IF_CONNECTION_DEMAND) {
        return; /* a line: this filter adds nothing there */
    }
    Adapter->MtuSize -= HEADER;
    Adapter->DataBackFillSize += HEADER;
    DbgPrint("MTU for those above: %u\n", Adapter->MtuSize);
}

NDIS_STATUS Restart(NDIS_HANDLE Filter, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PNDIS_RESTART_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Filter);
    for (attributes = RestartParameters->RestartAttributes; attributes != NULL; attributes = attributes->Next) {
        if (attributes->Oid == OID_GEN_MINIPORT_RESTART_ATTRIBUTES &&
            attributes->DataLength >= NDIS_SIZEOF_RESTART_GENERAL_ATTRIBUTES_REVISION_1) {
            TakeRoom((PNDIS_RESTART_GENERAL_ATTRIBUTES)attributes->Data);
        }
    }
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
    NDIS_STATUS status = Look(AttachParameters);

    UNREFERENCED_PARAMETER(FilterDriverContext);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
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
