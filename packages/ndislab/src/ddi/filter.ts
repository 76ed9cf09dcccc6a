import { IRQL } from "../layout/spin-lock.js";
import type { Address, Handle } from "../memory/address.js";
import { family } from "./entry.js";

/** What an NDIS 6 lightweight filter asks of NDIS. */
export const FILTERS = family(
  {
    family: "Filter drivers",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Desktop",
    since: "NDIS 6.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "SR-IRQL",
  },
  {
    NdisFRegisterFilterDriver: {
      c: "NDIS_STATUS NdisFRegisterFilterDriver(PDRIVER_OBJECT DriverObject, NDIS_HANDLE FilterDriverContext OPTIONAL, PNDIS_FILTER_DRIVER_CHARACTERISTICS FilterDriverCharacteristics, PNDIS_HANDLE NdisFilterDriverHandle)",
      page: "ndis/nf-ndis-ndisfregisterfilterdriver",
      irql: IRQL.PASSIVE_LEVEL,
      compliance: ["Irql_Filter_Driver_Function", "NdisFDeregisterFilterDriver"],
      bind: (m) => (driver: Address, context: Handle, characteristics: Address, handle: Address) =>
        m.model.registerFilterDriver(driver, context, characteristics, handle),
    },
    NdisFDeregisterFilterDriver: {
      c: "VOID NdisFDeregisterFilterDriver(NDIS_HANDLE NdisFilterDriverHandle)",
      page: "ndis/nf-ndis-ndisfderegisterfilterdriver",
      irql: IRQL.PASSIVE_LEVEL,
      compliance: ["Irql_Filter_Driver_Function", "NdisFDeregisterFilterDriver"],
      bind: (m) => (handle: Handle) => m.model.deregisterFilterDriver(handle),
    },
    NdisFSetAttributes: {
      c: "NDIS_STATUS NdisFSetAttributes(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_ATTRIBUTES FilterAttributes)",
      page: "ndis/nf-ndis-ndisfsetattributes",
      irql: IRQL.PASSIVE_LEVEL,
      compliance: ["Irql_Filter_Driver_Function"],
      bind: (m) => (filter: Handle, context: Handle, attributes: Address) =>
        m.model.setFilterAttributes(filter, context, attributes),
    },
    NdisFSendNetBufferLists: {
      c: "VOID NdisFSendNetBufferLists(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)",
      page: "ndis/nf-ndis-ndisfsendnetbufferlists",
      compliance: ["Irql_Filter_Driver_Function"],
      bind: (m) => (filter: Handle, lists: Address, port: number, flags: number) =>
        m.model.sendFromFilter(filter, lists, port, flags),
    },
    NdisFSendNetBufferListsComplete: {
      c: "VOID NdisFSendNetBufferListsComplete(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)",
      page: "ndis/nf-ndis-ndisfsendnetbufferlistscomplete",
      compliance: ["Irql_Filter_Driver_Function"],
      bind: (m) => (filter: Handle, lists: Address, flags: number) =>
        m.model.completeSendFromFilter(filter, lists, flags),
    },
    NdisFIndicateReceiveNetBufferLists: {
      c: "VOID NdisFIndicateReceiveNetBufferLists(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)",
      page: "ndis/nf-ndis-ndisfindicatereceivenetbufferlists",
      compliance: ["Irql_Filter_Driver_Function"],
      bind: (m) => (filter: Handle, lists: Address, port: number, count: number, flags: number) =>
        m.model.indicateFromFilter(filter, lists, port, count, flags),
    },
    NdisFReturnNetBufferLists: {
      c: "VOID NdisFReturnNetBufferLists(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)",
      page: "ndis/nf-ndis-ndisfreturnnetbufferlists",
      compliance: ["Irql_Filter_Driver_Function"],
      bind: (m) => (filter: Handle, lists: Address, flags: number) => m.model.returnFromFilter(filter, lists, flags),
    },
    NdisFCancelSendNetBufferLists: {
      c: "VOID NdisFCancelSendNetBufferLists(NDIS_HANDLE NdisFilterHandle, PVOID CancelId)",
      page: "ndis/nf-ndis-ndisfcancelsendnetbufferlists",
      compliance: ["Irql_Filter_Driver_Function"],
      bind: (m) => (filter: Handle, cancelId: Address) => m.model.cancelSendFromFilter(filter, cancelId),
    },
    NdisFPauseComplete: {
      c: "VOID NdisFPauseComplete(NDIS_HANDLE NdisFilterHandle)",
      page: "ndis/nf-ndis-ndisfpausecomplete",
      compliance: ["Irql_Filter_Driver_Function"],
      bind: (m) => (filter: Handle) => m.model.pauseComplete(filter),
    },
    NdisFRestartComplete: {
      c: "VOID NdisFRestartComplete(NDIS_HANDLE NdisFilterHandle, NDIS_STATUS Status)",
      page: "ndis/nf-ndis-ndisfrestartcomplete",
      irql: IRQL.PASSIVE_LEVEL,
      compliance: ["Irql_Filter_Driver_Function"],
      bind: (m) => (filter: Handle, status: number) => m.model.restartComplete(filter, status >>> 0),
    },
    NdisFOidRequest: {
      c: "NDIS_STATUS NdisFOidRequest(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest)",
      page: "ndis/nf-ndis-ndisfoidrequest",
      compliance: ["Irql_OID_Function"],
      bind: (m) => (filter: Handle, request: Address) => m.model.requestFromFilter(filter, request),
    },
    NdisFOidRequestComplete: {
      c: "VOID NdisFOidRequestComplete(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)",
      page: "ndis/nf-ndis-ndisfoidrequestcomplete",
      compliance: ["Irql_OID_Function"],
      bind: (m) => (filter: Handle, request: Address, status: number) =>
        m.model.completeRequestFromFilter(filter, request, status >>> 0),
    },
    NdisFCancelOidRequest: {
      c: "VOID NdisFCancelOidRequest(NDIS_HANDLE NdisFilterHandle, PVOID RequestId)",
      page: "ndis/nf-ndis-ndisfcanceloidrequest",
      compliance: ["Irql_OID_Function"],
      bind: (m) => (filter: Handle, requestId: Address) => m.model.cancelRequestFromFilter(filter, requestId),
    },
    NdisAllocateCloneOidRequest: {
      c: "NDIS_STATUS NdisAllocateCloneOidRequest(NDIS_HANDLE SourceHandle, PNDIS_OID_REQUEST OidRequest, UINT PoolTag, PNDIS_OID_REQUEST *ClonedOidRequest)",
      page: "ndis/nf-ndis-ndisallocatecloneoidrequest",
      compliance: ["Irql_OID_Function"],
      bind: (m) => (source: Handle, request: Address, tag: number, clone: Address) =>
        m.model.cloneRequest(source, request, tag >>> 0, clone),
    },
    NdisFreeCloneOidRequest: {
      c: "VOID NdisFreeCloneOidRequest(NDIS_HANDLE SourceHandle, PNDIS_OID_REQUEST Request)",
      page: "ndis/nf-ndis-ndisfreecloneoidrequest",
      compliance: ["Irql_OID_Function"],
      bind: (m) => (source: Handle, request: Address) => m.model.freeClonedRequest(source, request),
    },
    NdisFIndicateStatus: {
      c: "VOID NdisFIndicateStatus(NDIS_HANDLE NdisFilterHandle, PNDIS_STATUS_INDICATION StatusIndication)",
      page: "ndis/nf-ndis-ndisfindicatestatus",
      compliance: ["Irql_StatusIndication_Function"],
      bind: (m) => (filter: Handle, indication: Address) => m.model.indicateStatus(filter, indication),
    },
    NdisFDevicePnPEventNotify: {
      c: "VOID NdisFDevicePnPEventNotify(NDIS_HANDLE NdisFilterHandle, PNET_DEVICE_PNP_EVENT NetDevicePnPEvent)",
      page: "ndis/nf-ndis-ndisfdevicepnpeventnotify",
      irql: IRQL.PASSIVE_LEVEL,
      compliance: ["Irql_Filter_Driver_Function"],
      bind: (m) => (filter: Handle, event: Address) => m.model.forwardDeviceEvent(filter, event),
    },
    NdisFNetPnPEvent: {
      c: "NDIS_STATUS NdisFNetPnPEvent(NDIS_HANDLE NdisFilterHandle, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)",
      page: "ndis/nf-ndis-ndisfnetpnpevent",
      irql: IRQL.PASSIVE_LEVEL,
      compliance: ["Irql_Filter_Driver_Function"],
      bind: (m) => (filter: Handle, event: Address) => m.model.forwardNetEvent(filter, event),
    },
    NdisRegisterDeviceEx: {
      c: "NDIS_STATUS NdisRegisterDeviceEx(NDIS_HANDLE NdisHandle, PNDIS_DEVICE_OBJECT_ATTRIBUTES DeviceObjectAttributes, PDEVICE_OBJECT *pDeviceObject, PNDIS_HANDLE NdisDeviceHandle)",
      page: "ndis/nf-ndis-ndisregisterdeviceex",
      irql: IRQL.PASSIVE_LEVEL,
      platform: "Universal",
      compliance: ["Irql_Miscellaneous_Function"],
      bind: (m) => (driver: Handle, attributes: Address, device: Address, handle: Address) =>
        m.model.registerDevice(driver, attributes, device, handle),
    },
    NdisDeregisterDeviceEx: {
      c: "VOID NdisDeregisterDeviceEx(NDIS_HANDLE NdisDeviceHandle)",
      page: "ndis/nf-ndis-ndisderegisterdeviceex",
      irql: IRQL.PASSIVE_LEVEL,
      platform: "Universal",
      compliance: ["Irql_Miscellaneous_Function"],
      bind: (m) => (handle: Handle) => m.model.deregisterDevice(handle),
    },
    NdisGetDeviceReservedExtension: {
      c: "PVOID NdisGetDeviceReservedExtension(PDEVICE_OBJECT DeviceObject)",
      page: "ndis/nf-ndis-ndisgetdevicereservedextension",
      irql: IRQL.HIGH_LEVEL,
      platform: "Universal",
      bind: (m) => (device: Address) => m.model.deviceExtension(device),
    },
    NdisOpenConfigurationEx: {
      c: "NDIS_STATUS NdisOpenConfigurationEx(PNDIS_CONFIGURATION_OBJECT ConfigObject, PNDIS_HANDLE ConfigurationHandle)",
      page: "ndis/nf-ndis-ndisopenconfigurationex",
      irql: IRQL.PASSIVE_LEVEL,
      platform: "Universal",
      compliance: ["Irql_Miscellaneous_Function", "NdisOpenConfigurationEx"],
      bind: (m) => (object: Address, handle: Address) => m.model.openConfiguration(object, handle),
    },
    NdisReadConfiguration: {
      c: "VOID NdisReadConfiguration(PNDIS_STATUS Status, PNDIS_CONFIGURATION_PARAMETER *ParameterValue, NDIS_HANDLE ConfigurationHandle, PNDIS_STRING Keyword, NDIS_PARAMETER_TYPE ParameterType)",
      page: "ndis/nf-ndis-ndisreadconfiguration",
      irql: IRQL.PASSIVE_LEVEL,
      platform: "Universal",
      since: "NDIS 5.0",
      compliance: ["Irql_Miscellaneous_Function"],
      bind: (m) => (status: Address, value: Address, handle: Handle, keyword: Address, type: number) =>
        m.model.readConfiguration(status, value, handle, keyword, type),
    },
    NdisCloseConfiguration: {
      c: "VOID NdisCloseConfiguration(NDIS_HANDLE ConfigurationHandle)",
      page: "ndis/nf-ndis-ndiscloseconfiguration",
      irql: IRQL.PASSIVE_LEVEL,
      platform: "Universal",
      since: "NDIS 5.0",
      compliance: ["Irql_Miscellaneous_Function", "NdisOpenConfigurationEx"],
      bind: (m) => (handle: Handle) => m.model.closeConfiguration(handle),
    },
  },
);
